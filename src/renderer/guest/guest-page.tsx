import { useEffect, useState } from 'react'
import { useMoney } from '../lib/money.ts'
import { addLine, showLines } from './basket.ts'
import { BasketSheet } from './basket-sheet.tsx'
import { CallSheet } from './call-sheet.tsx'
import type { Menu, MenuItem } from './guest-api.ts'
import { useGuestText } from './guest-text.ts'
import { ItemSheet } from './item-sheet.tsx'
import type { MenuState } from './menu-loader.ts'
import { MenuView } from './menu-view.tsx'
import { OrderCards } from './order-cards.tsx'
import { PostNotice } from './post-notice.tsx'
import { useBasket, useMenu, useOrders, type GuestParts } from './use-guest.ts'
import styles from './guest.module.css'

/** What a guest's phone shows: the menu, or in plain words why it is not there. */
export function GuestPage({ parts }: { parts: GuestParts }) {
  const { state, reload } = useMenu(parts)
  if (state.step !== 'there') return <NoMenu state={state} parts={parts} />
  return <MenuPage menu={state.menu} parts={parts} reload={reload} />
}

function NoMenu({ state, parts }: { state: Exclude<MenuState, { step: 'there' }>; parts: GuestParts }) {
  const { t } = useGuestText()
  if (state.step === 'loading') {
    return (
      <main className={styles.still}>
        <output>{t('guest.loading')}</output>
      </main>
    )
  }
  const kind = state.step === 'unknown' ? 'unknown' : state.isNetwork ? 'unreachable' : 'wrong'
  return (
    <main className={styles.still}>
      <div role="alert">
        <h1>{t(`guest.${kind}`)}</h1>
        <p>{t(`guest.${kind}.help`)}</p>
      </div>
      {kind !== 'unknown' && (
        <button type="button" className={styles.plain} onClick={parts.patience.hurry}>
          {t('guest.retry')}
        </button>
      )}
    </main>
  )
}

type Opened = { sheet: 'item'; item: MenuItem } | { sheet: 'basket' | 'call' } | undefined

function MenuPage({ menu, parts, reload }: { menu: Menu; parts: GuestParts; reload: () => void }) {
  const { t } = useGuestText()
  const money = useMoney(menu.currency)
  const [opened, setOpened] = useState<Opened>()
  const [lines, setLines] = useBasket(parts.keep)
  const close = () => setOpened(undefined)
  const orders = useOrders(parts, () => {
    setLines([])
    close()
    window.scrollTo({ top: 0 })
  })
  const { step } = orders.posting
  // A refusal mostly means that the menu has changed since it was read.
  useEffect(() => {
    if (step === 'refused') reload()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each refusal, whatever else is drawn again
  }, [step])
  useEffect(() => {
    document.title = menu.table ? `${menu.business.name} · ${menu.table.name}` : menu.business.name
  }, [menu])
  const count = lines.reduce((sum, line) => sum + line.quantity, 0)
  const total = showLines(lines, menu).reduce((sum, line) => sum + line.total, 0)
  const mayOrder = menu.guests_may_order
  return (
    <>
      <header className={styles.head}>
        {menu.business.logo !== null && (
          <img className={styles.logo} src={`data:image/png;base64,${menu.business.logo}`} alt="" />
        )}
        <div className={styles.headText}>
          <h1>{menu.business.name}</h1>
          {menu.table && <p>{t('guest.table', { name: menu.table.name })}</p>}
        </div>
      </header>
      <main className={styles.main}>
        {opened?.sheet !== 'basket' && <PostNotice orders={orders} onRetry={parts.patience.hurry} />}
        <OrderCards orders={orders} />
        {!mayOrder && <p className={styles.notice}>{t('guest.closed')}</p>}
        <MenuView menu={menu} money={money} onPick={(item) => setOpened({ sheet: 'item', item })} />
      </main>
      <footer className={styles.bar}>
        {mayOrder && count > 0 && (
          <button type="button" className={styles.primary} onClick={() => setOpened({ sheet: 'basket' })}>
            {t('guest.basket.open', { count, price: money.show(total) })}
          </button>
        )}
        <button type="button" className={styles.plain} onClick={() => setOpened({ sheet: 'call' })}>
          {t('guest.call')}
        </button>
      </footer>
      {opened?.sheet === 'item' && (
        <ItemSheet
          item={opened.item}
          money={money}
          mayOrder={mayOrder}
          onClose={close}
          onAdd={(line) => {
            setLines(addLine(lines, line))
            close()
          }}
        />
      )}
      {opened?.sheet === 'basket' && (
        <BasketSheet
          {...{ lines, menu, money, orders }}
          tableCode={parts.code}
          onChange={setLines}
          onRetry={parts.patience.hurry}
          onClose={close}
        />
      )}
      {opened?.sheet === 'call' && <CallSheet parts={parts} onClose={close} />}
    </>
  )
}
