import { Column, type ColumnType, Entity, PrimaryColumn } from 'typeorm';

/** Up to which of the writer's batches a projection is folded, itself included. */
@Entity('projector_cursors')
export class ProjectorCursorEntity {
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    primaryKeyConstraintName: 'projector_cursors_pkey',
  })
  projection: string;

  /** `xid` and `id` of `writer_batches`: batches of one transaction share the first. */
  @Column({ type: 'xid8' as ColumnType, default: () => "'0'" })
  xid: string;

  @Column({ type: 'bigint', default: 0 })
  id: string;

  /** The last batch that was ever folded: up to it, batches that are folded again are repeats. */
  @Column({ type: 'xid8' as ColumnType, default: () => "'0'" })
  foldedXid: string;

  @Column({ type: 'bigint', default: 0 })
  foldedId: string;
}
