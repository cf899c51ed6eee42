/** What the settings of wallet signing say. */
export const signingEn = {
  'signing.title': 'Wallet signing',
  'signing.lead':
    'Apple and Google take cards alone that your business has signed. Keys stay on this machine, sealed.',
  'signing.apple': 'Apple Wallet',
  'signing.apple.text':
    'From your Apple developer account: the certificate of your pass type, its private key, and Apple’s WWDR certificate, as PEM.',
  'signing.google': 'Google Wallet',
  'signing.google.text':
    'From the Google Pay and Wallet console: the key of a service account as JSON, and your issuer ID.',
  'signing.certificate': 'Pass certificate',
  'signing.privateKey': 'Private key',
  'signing.passphrase': 'Passphrase of the key',
  'signing.passphrase.hint': 'Leave it empty where the key has none.',
  'signing.wwdr': 'Apple WWDR certificate',
  'signing.serviceAccount': 'Key of the service account',
  'signing.issuer': 'Issuer ID',
  'signing.passType': 'Pass type',
  'signing.team': 'Team',
  'signing.digest': 'Digest',
  'signing.file': 'From a file',
  'signing.file.of': 'From a file: {what}',
  'signing.once': 'What you put in here is checked now and never shown again.',
  'signing.add': 'Add',
  'signing.replace': 'Replace',
  'signing.ready': 'Ready to sign',
  'signing.until': 'Valid until',
  'signing.kept': 'Checked and kept',
  'signing.forget': 'Forget',
  'signing.forget.of': 'Forget {what}?',
  'signing.forget.text':
    'Cards cannot be signed until you put credentials in again. Cards that are out stay valid.',
  'signing.forgotten': 'Forgotten',
}
