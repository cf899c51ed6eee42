import type { PassportProfile } from './product-passports.ts'

/** Who may see a field: everybody, authorities and repairers who ask, or the business alone. */
export type FieldAccess = 'public' | 'authority' | 'operator'

/** A field of a product group: what the server holds `extension` to and the page draws its form from. */
export interface ProfileField {
  /** Its name in `extension`. */
  key: string
  label: string
  kind: 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'choice'
  access: FieldAccess
  /** As people write it; empty where there is none. */
  unit: string
  /** Of a number. */
  minimum?: number
  maximum?: number
  /** Of a text, in characters. */
  maxLength?: number
  /** Of a choice, in small letters with `_` for blanks: to be shown as words. */
  choices?: readonly string[]
}

type More = Partial<Omit<ProfileField, 'key' | 'label' | 'kind'>>

function field(kind: ProfileField['kind'], key: string, label: string, more: More): ProfileField {
  return { key, label, kind, access: 'public', unit: '', ...more }
}
const text = (key: string, label: string, more: More = {}) =>
  field('text', key, label, { maxLength: 2000, ...more })
/** Zero or more, in a unit. */
const amount = (key: string, label: string, unit: string, more: More = {}) =>
  field('number', key, label, { unit, minimum: 0, ...more })
const percent = (key: string, label: string, more: More = {}) =>
  amount(key, label, '%', { maximum: 100, ...more })
const count = (key: string, label: string, unit = '', more: More = {}) =>
  field('integer', key, label, { unit, minimum: 0, ...more })
const choice = (key: string, label: string, choices: readonly string[], more: More = {}) =>
  field('choice', key, label, { choices, ...more })
const yesNo = (key: string, label: string, more: More = {}) => field('boolean', key, label, more)
const day = (key: string, label: string, more: More = {}) => field('date', key, label, more)

/** After Regulation (EU) 2023/1542, annexes VI, VII and XIII. */
const battery: readonly ProfileField[] = [
  choice('battery_category', 'Battery category', [
    'portable',
    'light_transport',
    'starting_lighting_ignition',
    'electric_vehicle',
    'industrial',
  ]),
  text('chemistry', 'Chemistry'),
  amount('rated_capacity', 'Rated capacity', 'Ah'),
  amount('rated_energy', 'Rated energy', 'kWh'),
  amount('nominal_voltage', 'Nominal voltage', 'V'),
  amount('minimum_voltage', 'Minimum voltage', 'V'),
  amount('maximum_voltage', 'Maximum voltage', 'V'),
  amount('rated_power', 'Rated power', 'W'),
  count('expected_cycles', 'Expected lifetime', 'cycles'),
  percent('exhaustion_threshold', 'Capacity at which it counts as exhausted'),
  field('number', 'minimum_temperature', 'Lowest temperature it withstands', {
    unit: '°C',
    minimum: -273,
    maximum: 200,
  }),
  field('number', 'maximum_temperature', 'Highest temperature it withstands', {
    unit: '°C',
    minimum: -273,
    maximum: 500,
  }),
  percent('round_trip_efficiency', 'Round-trip energy efficiency'),
  amount('internal_resistance', 'Internal resistance', 'mΩ'),
  amount('carbon_footprint', 'Carbon footprint', 'kg CO₂e/kWh'),
  choice('carbon_footprint_class', 'Carbon footprint class', ['A', 'B', 'C', 'D', 'E', 'F', 'G']),
  percent('recycled_cobalt', 'Recycled cobalt'),
  percent('recycled_lithium', 'Recycled lithium'),
  percent('recycled_nickel', 'Recycled nickel'),
  percent('recycled_lead', 'Recycled lead'),
  percent('renewable_content', 'Renewable content'),
  text('critical_raw_materials', 'Critical raw materials'),
  text('hazardous_substances', 'Hazardous substances'),
  text('extinguishing_agent', 'Extinguishing agent to use', { maxLength: 500 }),
  yesNo('separate_collection', 'Collected separately from household waste'),
  text('cathode', 'Composition of the cathode', { access: 'authority' }),
  text('anode', 'Composition of the anode', { access: 'authority' }),
  text('electrolyte', 'Composition of the electrolyte', { access: 'authority' }),
  text('dismantling', 'How to take it apart', { access: 'authority', maxLength: 5000 }),
  text('test_reports', 'Test reports', { access: 'authority' }),
  day('in_service_on', 'Put into service on', { access: 'operator' }),
  percent('state_of_health', 'State of health', { access: 'operator' }),
  count('cycles', 'Cycles so far', 'cycles', { access: 'operator' }),
  choice('battery_status', 'Status', ['original', 'repurposed', 'reused', 'remanufactured', 'waste'], {
    access: 'operator',
  }),
]

/** After Regulation (EU) 1007/2011 and what the ESPR's study of textiles asks for. */
const textile: readonly ProfileField[] = [
  text('fibre_composition', 'Fibre composition'),
  yesNo('animal_origin', 'Contains non-textile parts of animal origin'),
  text('size', 'Size', { maxLength: 60 }),
  text('colour', 'Colour', { maxLength: 60 }),
  text('care', 'Care'),
  text('spun_in', 'Spun in', { maxLength: 120 }),
  text('woven_in', 'Woven or knitted in', { maxLength: 120 }),
  text('dyed_in', 'Dyed and printed in', { maxLength: 120 }),
  text('sewn_in', 'Sewn in', { maxLength: 120 }),
  percent('recycled_content', 'Recycled content'),
  amount('carbon_footprint', 'Carbon footprint', 'kg CO₂e'),
  amount('water_use', 'Water used in making', 'l'),
  count('washes', 'Washes it withstands', 'washes'),
  choice('microplastic_release', 'Release of microplastic', ['none', 'low', 'medium', 'high']),
  text('substances_of_concern', 'Substances of concern'),
  text('certificates', 'Certificates and labels'),
  text('finishing_chemicals', 'Chemicals used in finishing', { access: 'authority' }),
  text('suppliers', 'Suppliers', { access: 'operator' }),
]

/** After the ESPR's annex I, Regulation (EU) 2017/1369 (energy label), RoHS and WEEE. */
const electronics: readonly ProfileField[] = [
  choice('energy_class', 'Energy efficiency class', ['A', 'B', 'C', 'D', 'E', 'F', 'G']),
  text('eprel_number', 'EPREL registration number', { maxLength: 20 }),
  amount('energy_use', 'Energy use', 'kWh/year'),
  amount('rated_power', 'Rated power', 'W'),
  amount('standby_power', 'Power in standby', 'W'),
  amount('rated_voltage', 'Rated voltage', 'V'),
  amount('noise', 'Noise', 'dB(A)'),
  text('ip_rating', 'Protection rating (IP)', { maxLength: 20 }),
  amount('repair_score', 'Repairability score', 'of 10', { maximum: 10 }),
  count('spare_parts_years', 'Spare parts available for', 'years'),
  day('software_support_until', 'Software support until'),
  yesNo('battery_removable', 'The user can change the battery'),
  yesNo('rohs_compliant', 'Keeps the RoHS directive'),
  text('weee_category', 'WEEE category', { maxLength: 120 }),
  text('svhc', 'Substances of very high concern'),
  percent('recycled_plastic', 'Recycled plastic'),
  amount('carbon_footprint', 'Carbon footprint', 'kg CO₂e'),
  text('disassembly', 'How to take it apart', { access: 'authority', maxLength: 5000 }),
  text('firmware', 'Firmware as delivered', { access: 'operator', maxLength: 120 }),
]

/** After Regulation (EU) 1169/2011, articles 9 and 30. */
const food: readonly ProfileField[] = [
  text('ingredients', 'Ingredients', { maxLength: 5000 }),
  text('allergens', 'Allergens'),
  amount('net_weight', 'Net quantity', 'g'),
  amount('net_volume', 'Net volume', 'ml'),
  amount('drained_weight', 'Drained net weight', 'g'),
  amount('energy_kj', 'Energy per 100 g or ml', 'kJ'),
  amount('energy_kcal', 'Energy per 100 g or ml', 'kcal'),
  amount('fat', 'Fat per 100 g or ml', 'g', { maximum: 100 }),
  amount('saturates', 'of which saturates', 'g', { maximum: 100 }),
  amount('carbohydrate', 'Carbohydrate per 100 g or ml', 'g', { maximum: 100 }),
  amount('sugars', 'of which sugars', 'g', { maximum: 100 }),
  amount('fibre', 'Fibre per 100 g or ml', 'g', { maximum: 100 }),
  amount('protein', 'Protein per 100 g or ml', 'g', { maximum: 100 }),
  amount('salt', 'Salt per 100 g or ml', 'g', { maximum: 100 }),
  percent('alcohol', 'Alcohol by volume'),
  text('origin', 'Origin', { maxLength: 500 }),
  text('storage', 'Storage'),
  text('use', 'How to use it'),
  day('best_before', 'Best before'),
  day('use_by', 'Use by'),
  yesNo('is_organic', 'Organic'),
  text('organic_body', 'Organic control body', { maxLength: 60 }),
  text('establishment', 'Establishment number', { maxLength: 60 }),
  text('catch_method', 'Catch method and area', { maxLength: 500 }),
  text('laboratory_results', 'Laboratory results of the lot', { access: 'authority', maxLength: 5000 }),
  text('suppliers', 'Suppliers of the ingredients', { access: 'operator' }),
]

/** After Regulation (EU) 2024/3110, chapter X, and EN 15804. */
const construction: readonly ProfileField[] = [
  text('declaration_number', 'Declaration of performance and conformity', { maxLength: 120 }),
  text('intended_use', 'Intended use'),
  text('harmonised_standard', 'Harmonised technical specification', { maxLength: 200 }),
  choice('assessment_system', 'Assessment and verification system', ['1+', '1', '2+', '3', '3+', '4']),
  text('notified_body', 'Notified body', { maxLength: 200 }),
  text('reaction_to_fire', 'Reaction to fire', { maxLength: 60 }),
  text('fire_resistance', 'Fire resistance', { maxLength: 60 }),
  amount('compressive_strength', 'Compressive strength', 'MPa'),
  amount('tensile_strength', 'Tensile strength', 'MPa'),
  amount('density', 'Density', 'kg/m³'),
  amount('thermal_conductivity', 'Thermal conductivity', 'W/(m·K)'),
  amount('sound_reduction', 'Sound reduction', 'dB'),
  count('service_life', 'Reference service life', 'years'),
  text('dangerous_substances', 'Dangerous substances'),
  text('declared_unit', 'Declared unit', { maxLength: 60 }),
  field('number', 'warming_making', 'Global warming potential, A1 to A3', { unit: 'kg CO₂e' }),
  field('number', 'warming_total', 'Global warming potential, A to C', { unit: 'kg CO₂e' }),
  text('epd_number', 'Environmental product declaration', { maxLength: 120 }),
  percent('recycled_content', 'Recycled content'),
  text('factory_control', 'Factory production control', { access: 'authority' }),
]

/** The fields of each product group, in the order in which they are shown. */
export const passportProfiles: Readonly<Record<PassportProfile, readonly ProfileField[]>> = {
  general: [],
  battery,
  textile,
  electronics,
  food,
  construction,
}
