/** What was sent so far, contract by contract: doors of one contract share its table. */
export class Sent {
  #contracts = new Map();

  /** A variant whose events are counted, the warming among them. */
  counted({ contract, table }, variant) {
    const count = this.#of(contract, table);
    return {
      ...variant,
      async run(durationMs) {
        const round = await variant.run(durationMs);
        if (variant.name === 'copy') count.copied += round.events;
        else if (variant.name !== 'bare') count.acknowledged += round.events;
        return round;
      },
    };
  }

  contracts() {
    return [...this.#contracts.values()];
  }

  #of(contract, table) {
    const count = this.#contracts.get(contract) ?? { contract, table, acknowledged: 0, copied: 0 };
    this.#contracts.set(contract, count);
    return count;
  }
}
