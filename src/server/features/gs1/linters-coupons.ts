import { nonDigit, whole, type Check, type Flaw } from './flaw.ts'

/** Reads a North American coupon from the left; the first thing that is wrong stays. */
class CouponReader {
  flaw: Flaw | undefined
  readonly #value: string
  #at = 0

  constructor(value: string) {
    this.#value = value
    this.flaw = nonDigit(value)
  }

  get isAtEnd(): boolean {
    return this.flaw !== undefined || this.#at >= this.#value.length
  }

  fail(code: string, length: number): void {
    this.flaw ??= { code, at: this.#at - length, length }
  }

  /** The next digits; '' once something is wrong. */
  take(length: number, what: string): string {
    if (this.flaw) return ''
    const part = this.#value.slice(this.#at, this.#at + length)
    if (part.length < length) {
      this.flaw = { code: `coupon_${what}_truncated`, at: this.#at, length: part.length }
      return ''
    }
    this.#at += length
    return part
  }

  /** A digit that says how long what follows is. */
  takeSized(least: number, most: number, plus: number, what: string): string {
    const size = Number(this.take(1, `${what}_length`) || Number.NaN)
    if (Number.isNaN(size)) return ''
    if (size < least || size > most) this.fail(`coupon_${what}_length`, 1)
    return this.take(size + plus, what)
  }

  takeOf(allowed: string, what: string): string {
    const digit = this.take(1, what)
    if (digit !== '' && !allowed.includes(digit)) this.fail(`coupon_${what}`, 1)
    return digit
  }

  takeDay(what: string): string {
    const day = this.take(6, what)
    if (day === '') return day
    const [month, date] = [Number(day.slice(2, 4)), Number(day.slice(4))]
    if (
      month < 1 ||
      month > 12 ||
      date < 1 ||
      date > new Date(Date.UTC(2000 + Number(day.slice(0, 2)), month, 0)).getUTCDate()
    ) {
      this.fail(`coupon_${what}`, 6)
    }
    return day
  }
}

function takePurchase(reader: CouponReader, what: string): void {
  reader.takeSized(1, 5, 0, `${what}_requirement`)
  reader.takeOf('012349', `${what}_requirement_code`)
  reader.take(3, `${what}_family`)
}

/** AI 8110: issuer, offer, value, what has to be bought, then optional fields in rising order. */
function checkCoupon(value: string): Flaw | undefined {
  const reader = new CouponReader(value)
  if (value === '') return whole('coupon_company_prefix_length', value)
  reader.takeSized(0, 6, 6, 'company_prefix')
  reader.take(6, 'offer_code')
  reader.takeSized(1, 5, 0, 'save_value')
  takePurchase(reader, 'first')
  let start = ''
  for (let last = 0; !reader.isAtEnd;) {
    const field = reader.takeOf('1234569', 'data_field')
    if (Number(field) <= last && field !== '') reader.fail('coupon_data_field_order', 1)
    last = Number(field)
    if (field === '1') takeSecond(reader)
    else if (field === '2') takeThird(reader)
    else if (field === '3') {
      const end = reader.takeDay('expiry')
      if (start !== '' && end < start) reader.fail('coupon_expires_before_start', 6)
    } else if (field === '4') start = reader.takeDay('start')
    else if (field === '5') reader.takeSized(0, 9, 6, 'serial')
    else if (field === '6') reader.takeSized(1, 7, 6, 'retailer')
    else if (field === '9') takeLast(reader)
  }
  return reader.flaw
}

function takeSecond(reader: CouponReader): void {
  reader.takeOf('01239', 'additional_rules')
  takePurchase(reader, 'second')
  const prefix = reader.take(1, 'second_company_prefix_length')
  if (prefix === '' || prefix === '9') return
  if (Number(prefix) > 6) reader.fail('coupon_second_company_prefix_length', 1)
  reader.take(Number(prefix) + 6, 'second_company_prefix')
}

function takeThird(reader: CouponReader): void {
  takePurchase(reader, 'third')
  const prefix = reader.take(1, 'third_company_prefix_length')
  if (prefix === '' || prefix === '9') return
  if (Number(prefix) > 6) reader.fail('coupon_third_company_prefix_length', 1)
  reader.take(Number(prefix) + 6, 'third_company_prefix')
}

function takeLast(reader: CouponReader): void {
  reader.takeOf('01256', 'save_value_code')
  reader.takeOf('012', 'save_value_applies_to')
  reader.takeOf('01', 'store_coupon')
  reader.takeOf('01', 'do_not_multiply')
}

/** AI 8112: format, funder, offer, serial number. */
function checkPositiveOffer(value: string): Flaw | undefined {
  if (value === '') return whole('coupon_format', value)
  const reader = new CouponReader(value)
  reader.takeOf('01', 'format')
  reader.takeSized(0, 6, 6, 'funder')
  reader.take(6, 'offer_code')
  reader.takeSized(0, 9, 6, 'serial')
  if (!reader.isAtEnd) return { code: 'coupon_excess_data', at: value.length - 1, length: 1 }
  return reader.flaw
}

export const couponChecks = {
  couponcode: checkCoupon,
  couponposoffer: checkPositiveOffer,
} satisfies Record<string, Check>
