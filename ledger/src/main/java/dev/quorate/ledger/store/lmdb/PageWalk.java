package dev.quorate.ledger.store.lmdb;

import dev.quorate.ledger.store.StorageException;
import dev.quorate.ledger.store.lmdb.MetaPage.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * Follows every page that an LMDB file's newest state can reach, with plain reads.
 *
 * <p>LMDB maps the file and believes it: one wrong page number, one page behind the end, a leaf at
 * another depth, a flag that it does not expect, and the process is gone with a signal or a failed
 * assertion. Here the same damage is an exception. Each page must carry its own number and one
 * kind, its nodes must lie inside it and be of a form that our tables have, all leaves of a tree
 * must be at the depth that it claims, no page may belong to two owners, the list of free pages
 * being one. What keys and values say is not looked at; that is what the checksums of the records
 * are for.
 */
final class PageWalk {
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int OVERFLOW = 0x04;
  private static final int NODE_HEADER = 8;
  private static final int BIG_VALUE = 0x01;
  private static final int SUB_TABLE = 0x02;
  private static final int INTEGER_KEYS = 0x08;
  private static final int MAX_DEPTH = 32;

  private enum Role {
    FREE_LIST,
    NAMES,
    TABLE
  }

  /** A page to look at, so many steps below the root, which is at 1. */
  private record Step(long page, int level, Tree tree, Role role) {}

  private final FileChannel file;
  private final MetaPage meta;
  private final long fileLength;
  private final BitSet owned;
  private final ArrayDeque<Step> waiting = new ArrayDeque<>();

  private PageWalk(FileChannel file, MetaPage meta) throws IOException {
    this.file = file;
    this.meta = meta;
    this.fileLength = file.size();
    if (meta.lastPage() >= Integer.MAX_VALUE) {
      throw new StorageException("the file has too many pages to check: " + meta.lastPage());
    }
    this.owned = new BitSet(Math.toIntExact(meta.lastPage() + 1));
  }

  /** Throws a {@link StorageException} at the first page that LMDB should not see. */
  static void check(FileChannel file, MetaPage meta) throws IOException {
    var walk = new PageWalk(file, meta);
    walk.follow(meta.main(), Role.NAMES);
    walk.follow(meta.free(), Role.FREE_LIST);
  }

  private void follow(Tree tree, Role role) throws IOException {
    enter(tree, role);
    while (!waiting.isEmpty()) {
      var step = waiting.pop();
      own(step.page, 1);
      fileHolds(step.page, 1);
      var page = MetaPage.bytes(file, step.page * meta.pageSize(), meta.pageSize());
      switch (kindOf(page, step.page)) {
        case BRANCH -> branch(page, step);
        case LEAF -> leaf(page, step);
        default -> throw damaged(step.page, "is no part of a tree");
      }
    }
  }

  private void enter(Tree tree, Role role) {
    int flags = role == Role.FREE_LIST ? INTEGER_KEYS : 0;
    if (tree.flags() != flags || tree.depth() > MAX_DEPTH) {
      throw new StorageException(
          "a table has flags %d, depth %d".formatted(tree.flags(), tree.depth()));
    }
    if (!tree.isEmpty()) {
      waiting.push(new Step(tree.root(), 1, tree, role));
    }
  }

  private void branch(ByteBuffer page, Step step) {
    int count = nodes(page, step.page);
    if (step.level >= step.tree.depth() || count < (step.role == Role.FREE_LIST ? 1 : 2)) {
      throw damaged(step.page, "branches to " + count + " pages at level " + step.level);
    }
    for (int i = 0; i < count; i++) {
      int node = node(page, step.page, i);
      long child =
          (page.getInt(node) & 0xffff_ffffL)
              | ((page.getShort(node + 4) & 0xffffL) << Integer.SIZE);
      waiting.push(new Step(child, step.level + 1, step.tree, step.role));
    }
  }

  private void leaf(ByteBuffer page, Step step) throws IOException {
    int count = nodes(page, step.page);
    if (step.level != step.tree.depth() || count == 0) {
      throw damaged(step.page, "has " + count + " records at level " + step.level);
    }
    for (int i = 0; i < count; i++) {
      int node = node(page, step.page, i);
      int size = page.getInt(node);
      int flags = page.getShort(node + 4);
      int keySize = page.getShort(node + 6) & 0xffff;
      int value = node + NODE_HEADER + keySize;
      if (size < 0 || value + (flags == BIG_VALUE ? Long.BYTES : size) > page.limit()) {
        throw damaged(step.page, "has a value that leaves the page");
      }
      if (step.role == Role.FREE_LIST && keySize != Long.BYTES) {
        throw damaged(step.page, "has a key of " + keySize + " bytes");
      }
      value(page, value, size, flags, step);
    }
  }

  private void value(ByteBuffer page, int at, int size, int flags, Step step) throws IOException {
    switch (flags) {
      case BIG_VALUE -> big(page.getLong(at), size, step);
      case SUB_TABLE -> {
        if (step.role != Role.NAMES || size != Tree.SIZE) {
          throw damaged(step.page, "describes a table in " + size + " bytes");
        }
        enter(Tree.at(page, at), Role.TABLE);
      }
      case 0 -> {
        if (step.role == Role.FREE_LIST) {
          free(page, at, size, step.page);
        }
      }
      default -> throw damaged(step.page, "has a record with flags " + flags);
    }
  }

  /** A value that has pages of its own; it may own more than it fills. */
  private void big(long number, int size, Step step) throws IOException {
    long needed = (MetaPage.HEADER + (long) size + meta.pageSize() - 1) / meta.pageSize();
    own(number, 1);
    fileHolds(number, needed);
    var front = MetaPage.bytes(file, number * meta.pageSize(), MetaPage.HEADER);
    long pages = front.getInt(12) & 0xffff_ffffL;
    if (kindOf(front, number) != OVERFLOW || pages < needed) {
      throw damaged(number, "does not begin a value of " + size + " bytes");
    }
    own(number + 1, pages - 1);
    if (step.role == Role.FREE_LIST) {
      free(MetaPage.bytes(file, number * meta.pageSize() + MetaPage.HEADER, size), 0, size, number);
    }
  }

  /** A list of free pages: their count, then their numbers, the highest first. */
  private void free(ByteBuffer page, int at, int size, long number) {
    long count = size < Long.BYTES ? -1 : page.getLong(at);
    if (count < 0 || count > size / Long.BYTES - 1) {
      throw damaged(number, "has a list of " + count + " free pages");
    }
    long above = Long.MAX_VALUE;
    for (int i = 1; i <= count; i++) {
      long free = page.getLong(at + i * Long.BYTES);
      if (free >= above) {
        throw damaged(number, "lists page " + free + " as free behind page " + above);
      }
      own(free, 1);
      above = free;
    }
  }

  private void own(long number, long pages) {
    if (number < 2 || pages < 0 || number > meta.lastPage() + 1 - pages) {
      throw damaged(number, "lies outside of pages 2 to " + meta.lastPage());
    }
    int already = owned.nextSetBit((int) number);
    if (already >= 0 && already < number + pages) {
      throw damaged(already, "is used twice");
    }
    owned.set((int) number, (int) (number + pages));
  }

  private void fileHolds(long number, long pages) {
    if ((number + pages) * meta.pageSize() > fileLength) {
      throw damaged(number, "lies behind the end of the file at byte " + fileLength);
    }
  }

  private static int kindOf(ByteBuffer page, long number) {
    if (page.getLong(0) != number) {
      throw damaged(number, "says that it is page " + page.getLong(0));
    }
    return page.getShort(10) & 0xffff;
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
