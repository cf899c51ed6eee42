import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Context } from './context.ts'
import { serveBusinesses } from './features/businesses/routes.ts'
import { serveCredentials } from './features/credentials/routes.ts'
import { makeVault } from './features/credentials/vault.ts'
import { serveDevice } from './features/device/routes.ts'
import { Bundles } from './features/exports/bundles.ts'
import { serveExports } from './features/exports/routes.ts'
import { findLook, looksByCampaign } from './features/qr-codes/presets-store.ts'
import { serveQrCodes } from './features/qr-codes/routes.ts'
import { GuestDoor } from './features/guests/guest-door.ts'
import { serveGuestAccess } from './features/guests/routes.ts'
import { CardTarget } from './features/imports/card-target.ts'
import { Imports } from './features/imports/imports.ts'
import { LinkTarget } from './features/imports/link-target.ts'
import { serveImports } from './features/imports/routes.ts'
import { makeBulkLinks } from './features/qr-links/bulk.ts'
import { serveQrLinks } from './features/qr-links/routes.ts'
import { makeFastRedirect } from './features/qr-links/fast-redirect.ts'
import { serveRedirects } from './features/qr-links/redirect.ts'
import { RedirectTargets } from './features/qr-links/redirect-targets.ts'
import { ScanRecorder } from './features/qr-links/scan-recorder.ts'
import { PrinterWatch } from './features/printing/printers-watch.ts'
import { servePrinters } from './features/printing/printers-routes.ts'
import { servePrintJobs } from './features/printing/print-jobs-routes.ts'
import { dictionaryIn } from './features/gs1/load-dictionary.ts'
import { serveGs1 } from './features/gs1/routes.ts'
import { makeGs1Engine } from './features/gs1/validate.ts'
import { serveRecalls } from './features/recalls/routes.ts'
import { serveRecallActions } from './features/recall-actions/routes.ts'
import { serveResolver } from './features/resolver/routes.ts'
import { PassportScanRecorder } from './features/resolver/scan-recorder.ts'
import { serveProductPassports } from './features/product-passports/routes.ts'
import { serveRestaurant } from './features/restaurant/routes.ts'
import { serveRcaptcha } from './features/rcaptcha/routes.ts'
import { spendToken } from './features/rcaptcha/store.ts'
import { servePublicRestaurant } from './features/restaurant/public-routes.ts'
import { serveSession } from './features/session/routes.ts'
import { createTicketPress } from './features/tickets/encode-ticket.ts'
import { serveTokens } from './features/tokens/routes.ts'
import { makeBulkCards } from './features/wallet/bulk-cards.ts'
import { serveWallet } from './features/wallet/routes.ts'
import { addBodyParsers } from './http/bodies.ts'
import { addGuard, type GuardOptions } from './http/guard.ts'
import { makeListener } from './http/listener.ts'
import { mounter, type Mount } from './http/mount.ts'
import { openApiDocument } from './http/openapi.ts'
import { PageFiles } from './http/page-files.ts'
import { parseQuery } from './http/query-string.ts'
import { addErrorReplies, addReplyFrame, newRequestId } from './http/replies.ts'
import { addMissingRouteReplies } from './http/routing.ts'
import { answerBrokenHttp, answerUnroutable } from './http/unreadable.ts'
import { qrCodeParts } from './wire-codes.ts'
import { bundleParts } from './wire-exports.ts'
import { makeDiscovery, makeSpool, makeTicketMaker } from './wire-printing.ts'
import { recallActionParts } from './wire-recall-actions.ts'
import { recallMemory, recallParts } from './wire-recalls.ts'
import { resolverParts } from './wire-resolver.ts'
import { passportParts } from './wire-passports.ts'
import { restaurantParts } from './wire-restaurant.ts'
import { makeCardSigner } from './wire-signing.ts'
import { walletParts } from './wire-wallet.ts'

const jsonLimit = 1024 * 1024

/** Everything that is served, as a table of contents. Does not listen. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const scans = new ScanRecorder(context.database, context.log)
  const targets = new RedirectTargets(context)
  const app = Fastify({
    loggerInstance: context.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestIdHeader: false,
    bodyLimit: jsonLimit,
    forceCloseConnections: true,
    serverFactory: makeListener(makeFastRedirect(context, targets, scans)),
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQuery, maxParamLength: 16_384 },
    frameworkErrors: answerUnroutable(guardOptions(context)),
    clientErrorHandler: answerBrokenHttp,
  })
  const pages = new PageFiles(context.config.pageDir)
  addReplyFrame(app)
  addErrorReplies(app)
  addGuard(app, guardOptions(context))
  addBodyParsers(app)
  addMissingRouteReplies(app, (request, reply) => pages.serve(request, reply))
  const document = openApiDocument(context.config.version)
  app.get('/api/openapi.json', async () => document)

  app.addHook('onClose', () => scans.close())
  const imports = new Imports(context, {
    qr_links: new LinkTarget(context, makeBulkLinks(context)),
    wallet_passes: new CardTarget(context, makeBulkCards(context)),
  })
  app.addHook('onClose', () => imports.close())
  await imports.recover()
  const mount = mounter(app, context)
  serveSession(mount)
  serveTokens(mount)
  serveBusinesses(mount)
  serveQrLinks(mount, context, { findLook, looksByCampaign })
  serveImports(mount, imports)
  const vault = makeVault(context.host)
  const bundles = new Bundles(context, bundleParts(context, vault))
  app.addHook('onListen', () => bundles.start())
  app.addHook('onClose', () => bundles.close())
  serveQrCodes(mount, qrCodeParts(context))
  serveCredentials(mount, { ...qrCodeParts(context), vault })
  serveWallet(mount, { ...walletParts(), sign: makeCardSigner(context, vault) })
  serveExports(mount, bundles, context.config.fontDir)
  const press = createTicketPress(context.config.fontDir)
  const spool = makeSpool(context, press)
  app.addHook('onListen', () => spool.start())
  app.addHook('onClose', () => spool.close())
  servePrintJobs(mount, spool)
  servePrinters(mount, { context, spool, maker: makeTicketMaker(press), discover: makeDiscovery() })
  const watch = new PrinterWatch({ context, spool })
  app.addHook('onListen', async () => watch.start())
  app.addHook('onClose', () => watch.close())
  const parts = restaurantParts(context, { guestUrl: (code) => door.guestUrl(code), print: spool, press })
  // Twice: on this machine, and behind the guests' door.
  const servePublic = (to: Mount): void => {
    serveRcaptcha(to)
    servePublicRestaurant(to, { print: parts.print, spendToken })
  }
  servePublic(mount)
  const door = new GuestDoor({ context, pageDir: guestPageDir(context), servePublic })
  app.addHook('onListen', () => door.start())
  app.addHook('onClose', () => door.close())
  serveGuestAccess(mount, door)
  serveRestaurant(mount, parts)
  const dictionary = dictionaryIn(context.config.dataDir, (sentence) => context.log.warn(sentence))
  const validate = makeGs1Engine(dictionary)
  serveGs1(mount, validate)
  serveRecalls(mount, recallParts(validate), recallMemory())
  serveRecallActions(mount, recallActionParts(validate, press))
  serveProductPassports(mount, passportParts({ validate, press }))
  serveDevice(mount)
  serveRedirects(app, context, targets, scans)
  const passportScans = new PassportScanRecorder(context.database, context.log)
  app.addHook('onClose', () => passportScans.close())
  serveResolver(app, context, resolverParts(validate), passportScans)
  return app
}

/** The guest page is built beside the app's own, so that neither can be asked for through the other's door. */
function guestPageDir({ config: { pageDir } }: Context): string | undefined {
  const folder = pageDir === undefined ? undefined : join(pageDir, '../guest')
  return folder !== undefined && existsSync(join(folder, 'guest.html')) ? folder : undefined
}

function guardOptions({ address, config }: Context): GuardOptions {
  return {
    hosts: () => [`127.0.0.1:${address.port}`, `localhost:${address.port}`],
    origins: () => [
      `http://127.0.0.1:${address.port}`,
      `http://localhost:${address.port}`,
      ...(config.pageOrigin ? [config.pageOrigin] : []),
    ],
  }
}
