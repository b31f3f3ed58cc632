import type { ByteReader } from '../../../base/bytes';

/** How a raw reading becomes a value, IPMI v2.0 section 36.3. */
export interface Factors {
  readonly m: number;
  readonly b: number;
  /** K1, the exponent of B. */
  readonly bExponent: number;
  /** K2, the exponent of the result. */
  readonly resultExponent: number;
  /** 0 unsigned, 1 ones' complement, 2 two's complement. */
  readonly format: number;
  readonly linearization: number;
}

const linearizations: readonly ((value: number) => number)[] = [
  (value) => value,
  Math.log,
  Math.log10,
  Math.log2,
  Math.exp,
  (value) => 10 ** value,
  (value) => 2 ** value,
  (value) => 1 / value,
  (value) => value ** 2,
  (value) => value ** 3,
  Math.sqrt,
  Math.cbrt,
];
const mostDecimals = 3;

/** From here a sensor's factors differ from reading to reading. */
export const nonLinear = 0x70;

/** M, tolerance, B, accuracy and exponents, IPMI v2.0 section 43.1, bytes 25 to 30. */
export function decodeFactors(
  reader: ByteReader,
  { format, linearization }: Pick<Factors, 'format' | 'linearization'>,
): Factors {
  const mLow = reader.u8();
  const mHigh = reader.u8() >> 6;
  const bLow = reader.u8();
  const bHigh = reader.u8() >> 6;
  reader.skip(1); // accuracy
  const exponents = reader.u8();
  return {
    m: signed((mHigh << 8) | mLow, 10),
    b: signed((bHigh << 8) | bLow, 10),
    bExponent: signed(exponents & 0x0f, 4),
    resultExponent: signed(exponents >> 4, 4),
    format,
    linearization: linearization & 0x7f,
  };
}

/** The value of a raw reading, rounded to what the sensor resolves. */
export function convert(raw: number, factors: Factors): number {
  const { m, b, bExponent, resultExponent, linearization } = factors;
  const linear = (m * toNumber(raw, factors) + b * 10 ** bExponent) * 10 ** resultExponent;
  const value = (linearizations[linearization] ?? linearizations[0])?.(linear) ?? linear;
  if (!Number.isFinite(value)) return value;
  const decimals = linearization === 0 ? Math.max(0, -resultExponent, -(resultExponent + bExponent)) : mostDecimals;
  return Number(value.toFixed(Math.min(decimals, 12)));
}

function toNumber(raw: number, { format }: Factors): number {
  if (format === 2) return signed(raw, 8);
  if (format !== 1 || raw < 0x80) return raw;
  return -(~raw & 0xff);
}

/** Two's complement of so many bits. */
function signed(value: number, bits: number): number {
  return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
}
