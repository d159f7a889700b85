/**
 * The columns that hold every field of `Contract`; optional fields are nullable columns.
 *
 * An entity that `implements Mirrors<SomeDto>` stops compiling the moment the contract gains a
 * field that the table cannot store.
 */
export type Mirrors<Contract> = {
  [Field in keyof Contract]-?: undefined extends Contract[Field]
    ? Exclude<Contract[Field], undefined> | null
    : Contract[Field];
};
