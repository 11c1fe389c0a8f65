package com.freelync.control.audit;

import com.freelync.control.audit.chain.AuditRow;
import com.freelync.control.audit.chain.SealHash;
import com.freelync.control.database.Transaction;
import java.util.List;

/** One round of sealing, in one transaction: it continues the chain or leaves it as it was. */
final class Sealing {
  private Sealing() {}

  /**
   * Seals entries that were committed, in the order of their transactions.
   *
   * @return how many; 0 too if another process is sealing
   */
  static int round(Transaction transaction, int most) {
    SealDao dao = transaction.attach(SealDao.class);
    if (!dao.isAnyWaiting() || dao.takeTurn().isEmpty()) {
      return 0;
    }
    // Only now, as another one may have moved it while its lock was waited for.
    SealDao.Head head = dao.head();
    List<AuditRow> rows = dao.restored(most);
    if (rows.isEmpty()) {
      rows = dao.settled(most);
    }
    if (rows.isEmpty()) {
      return 0;
    }
    Long[] ids = new Long[rows.size()];
    String[] hashes = new String[rows.size()];
    SealHash hash = SealHash.of(head.hash());
    for (int i = 0; i < ids.length; i++) {
      AuditRow row = rows.get(i);
      hash = hash.next(row.sealedAt(head.position() + i + 1));
      ids[i] = row.id();
      hashes[i] = hash.toString();
    }
    dao.insert(head.position(), head.hash(), ids, hashes);
    return ids.length;
  }
}
