/** IANA enterprise numbers of those who make controllers. */
const manufacturers: Readonly<Record<number, string>> = {
  2: 'IBM',
  11: 'HP',
  42: 'Oracle',
  116: 'Hitachi',
  119: 'NEC',
  343: 'Intel',
  674: 'Dell',
  2011: 'Huawei',
  2623: 'ASUS',
  5703: 'NVIDIA',
  5771: 'Cisco',
  6653: 'Tyan',
  7244: 'Quanta',
  10368: 'Fujitsu',
  10876: 'Supermicro',
  15370: 'Gigabyte',
  19046: 'Lenovo',
  20301: 'IBM',
  37945: 'Inspur',
  47196: 'HPE',
  47488: 'Supermicro',
};

export function manufacturerName(enterprise: number): string {
  return manufacturers[enterprise] ?? `enterprise ${enterprise}`;
}
