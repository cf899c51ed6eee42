import { Check } from 'lucide-react'
import { ListBoxItem, Text } from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import overlay from './overlay.module.css'

/** A line of a list to choose from, with a second line of small print if it needs one. */
export function Option({ id, name, note }: { id: string; name: string; note?: string | undefined }) {
  return (
    <ListBoxItem id={id} textValue={name} className={cx(overlay.item)}>
      {({ isSelected }) => (
        <>
          <span className={overlay.check}>{isSelected && <Check aria-hidden />}</span>
          <span className={overlay.itemText}>
            <Text slot="label">{name}</Text>
            {note !== undefined && (
              <Text slot="description" className={cx(overlay.note)}>
                {note}
              </Text>
            )}
          </span>
        </>
      )}
    </ListBoxItem>
  )
}
