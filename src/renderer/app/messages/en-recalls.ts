/** What the recalls' screen says. */
export const recallsEn = {
  'recalls.title': 'Recalls',
  'recalls.lead': 'What has been recalled, in force or waiting for a person to confirm it.',
  'recalls.none': 'No recalls yet',
  'recalls.none.text': 'Recalls entered here or read from a file appear in this list.',
  'recalls.draft': 'Draft: not in force',
  'recalls.active': 'In force',
  'recalls.closed': 'Closed',
  'recalls.mock': 'MOCK RECALL',
  'recalls.lines': '{count, plural, one {# line} other {# lines}}',
  'recalls.accounted': '{done} of {affected} units accounted for',
  'recalls.accounted.open': '{done} units accounted for; how many are affected is not known',
} as const
