/** What counts as one visitor: an IPv6 household has a whole /64, its addresses count as one. */
export function networkOf(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}
