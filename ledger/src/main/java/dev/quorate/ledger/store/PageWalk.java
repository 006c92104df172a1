package dev.quorate.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * Follows every page that an LMDB file's newest state can reach, with plain reads.
 *
 * <p>LMDB maps the file and believes it: one wrong page number, one page behind the end, and the
 * process is gone with a signal. Here the same damage is an exception. Each page must carry its own
 * number and one kind, its nodes must lie inside it, no page may be reached twice, and none that is
 * reached may be listed as free. What the values say is not looked at; that is what the checksums
 * of the records are for.
 */
final class PageWalk {
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int OVERFLOW = 0x04;
  private static final int KINDS = 0x7f;
  private static final int NODE_HEADER = 8;
  private static final int BIG_VALUE = 0x01;
  private static final int SUB_TABLE = 0x02;

  private final FileChannel file;
  private final MetaPage meta;
  private final long fileLength;
  private final BitSet reached;
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();

  private PageWalk(FileChannel file, MetaPage meta) throws IOException {
    this.file = file;
    this.meta = meta;
    this.fileLength = file.size();
    if (meta.lastPage() >= Integer.MAX_VALUE) {
      throw new StorageException("the file has too many pages to check: " + meta.lastPage());
    }
    this.reached = new BitSet(Math.toIntExact(meta.lastPage() + 1));
  }

  /** Throws a {@link StorageException} at the first page that LMDB should not see. */
  static void check(FileChannel file, MetaPage meta) throws IOException {
    var walk = new PageWalk(file, meta);
    walk.follow(meta.mainRoot(), false);
    walk.follow(meta.freeRoot(), true);
  }

  private void follow(long root, boolean freeList) throws IOException {
    if (root != MetaPage.NO_PAGE) {
      waiting.push(root);
    }
    while (!waiting.isEmpty()) {
      long number = waiting.pop();
      reach(number, 1);
      var page = MetaPage.bytes(file, number * meta.pageSize(), meta.pageSize());
      switch (kindOf(page, number)) {
        case BRANCH -> branch(page, number);
        case LEAF -> leaf(page, number, freeList);
        default -> throw damaged(number, "is no part of a tree");
      }
    }
  }

  private void branch(ByteBuffer page, long number) {
    for (int i = 0; i < nodes(page, number); i++) {
      int node = node(page, number, i);
      long child =
          (page.getInt(node) & 0xffff_ffffL) | (page.getShort(node + 4) & 0xffffL) << Integer.SIZE;
      waiting.push(child);
    }
  }

  private void leaf(ByteBuffer page, long number, boolean freeList) throws IOException {
    for (int i = 0; i < nodes(page, number); i++) {
      int node = node(page, number, i);
      int size = page.getInt(node);
      int flags = page.getShort(node + 4);
      int value = node + NODE_HEADER + (page.getShort(node + 6) & 0xffff);
      boolean big = (flags & BIG_VALUE) != 0;
      if (size < 0 || value + (big ? Long.BYTES : size) > page.limit()) {
        throw damaged(number, "has a value that leaves the page");
      }
      if (big) {
        big(page.getLong(value), size, freeList);
      } else if ((flags & SUB_TABLE) != 0) {
        if (size != MetaPage.ROOT_IN_TABLE + Long.BYTES) {
          throw damaged(number, "describes a table in " + size + " bytes");
        }
        long root = page.getLong(value + MetaPage.ROOT_IN_TABLE);
        if (root != MetaPage.NO_PAGE) {
          waiting.push(root);
        }
      } else if (freeList) {
        free(page.slice(value, size).order(ByteOrder.nativeOrder()), number);
      }
    }
  }

  /** A value that has pages of its own. */
  private void big(long number, int size, boolean freeList) throws IOException {
    long pages = (MetaPage.HEADER + (long) size + meta.pageSize() - 1) / meta.pageSize();
    reach(number, pages);
    var front = MetaPage.bytes(file, number * meta.pageSize(), MetaPage.HEADER);
    if (kindOf(front, number) != OVERFLOW || (front.getInt(12) & 0xffff_ffffL) < pages) {
      throw damaged(number, "does not begin a value of " + size + " bytes");
    }
    if (freeList) {
      free(MetaPage.bytes(file, number * meta.pageSize() + MetaPage.HEADER, size), number);
    }
  }

  /** A list of free pages: their count, then their numbers. */
  private void free(ByteBuffer list, long number) {
    long count = list.remaining() < Long.BYTES ? -1 : list.getLong();
    if (count < 0 || count > list.remaining() / Long.BYTES) {
      throw damaged(number, "has a list of " + count + " free pages");
    }
    for (long i = 0; i < count; i++) {
      long page = list.getLong();
      if (page < 2 || page > meta.lastPage() || reached.get((int) page)) {
        throw damaged(number, "lists page " + page + " as free");
      }
    }
  }

  private void reach(long number, long pages) {
    long end = number + pages;
    if (number < 2 || end > meta.lastPage() + 1) {
      throw damaged(number, "lies outside of pages 2 to " + meta.lastPage());
    }
    if (end * meta.pageSize() > fileLength) {
      throw damaged(number, "lies behind the end of the file at byte " + fileLength);
    }
    int already = reached.nextSetBit((int) number);
    if (already >= 0 && already < end) {
      throw damaged(already, "is used twice");
    }
    reached.set((int) number, (int) end);
  }

  private static int kindOf(ByteBuffer page, long number) {
    if (page.getLong(0) != number) {
      throw damaged(number, "says that it is page " + page.getLong(0));
    }
    return page.getShort(10) & KINDS;
  }

  private static int nodes(ByteBuffer page, long number) {
    int lower = page.getShort(12) & 0xffff;
    int upper = page.getShort(14) & 0xffff;
    if (lower < MetaPage.HEADER || lower > upper || upper > page.limit()) {
      throw damaged(number, "has its free space from " + lower + " to " + upper);
    }
    return (lower - MetaPage.HEADER) / Short.BYTES;
  }

  /** Where the i-th node begins: behind the free space, and its key is inside the page. */
  private static int node(ByteBuffer page, long number, int i) {
    int node = page.getShort(MetaPage.HEADER + Short.BYTES * i) & 0xffff;
    int upper = page.getShort(14) & 0xffff;
    if (node < upper
        || node + NODE_HEADER > page.limit()
        || node + NODE_HEADER + (page.getShort(node + 6) & 0xffff) > page.limit()) {
      throw damaged(number, "has a node at byte " + node);
    }
    return node;
  }

  private static StorageException damaged(long number, String how) {
    return new StorageException("page " + number + " " + how);
  }
}
