package dev.quorate.ledger.store.lmdb;

import dev.quorate.ledger.store.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * What an LMDB file (0.9, 64 bit) says about itself: the newer of its two meta pages.
 *
 * @param lastPage the highest page number in use
 * @param transaction the write transaction that made this page
 * @param free the list of free pages
 * @param main the tables by name
 */
record MetaPage(int pageSize, long lastPage, long transaction, Tree free, Tree main) {
  /** A tree of pages as LMDB describes it, in 48 bytes. */
  record Tree(int flags, int depth, long root) {
    /** Bytes in a description. */
    static final int SIZE = 48;

    private static final long NO_PAGE = -1;

    static Tree at(ByteBuffer page, int offset) {
      return new Tree(
          page.getShort(offset + 4) & 0xffff,
          page.getShort(offset + 6) & 0xffff,
          page.getLong(offset + 40));
    }

    boolean isEmpty() {
      return root == NO_PAGE;
    }
  }

  /** Bytes in front of every page: its number, flags and free space. */
  static final int HEADER = 16;

  private static final int MAGIC = 0xBEEFC0DE;
  private static final int FORMAT = 1;
  private static final int META_FLAG = 0x08;
  private static final int FREE_TABLE = HEADER + 24;
  private static final int MAIN_TABLE = FREE_TABLE + Tree.SIZE;
  private static final int LAST_PAGE = MAIN_TABLE + Tree.SIZE;
  private static final int TRANSACTION = LAST_PAGE + 8;
  private static final int LENGTH = TRANSACTION + 8;

  /** Reads both meta pages; throws what is wrong when LMDB would not take them. */
  static MetaPage read(FileChannel file) throws IOException {
    var first = read(file, 0);
    var second = read(file, first.pageSize);
    if (first.pageSize != second.pageSize) {
      throw new StorageException(
          "the meta pages disagree: pages of %d or %d bytes"
              .formatted(first.pageSize, second.pageSize));
    }
    return first.transaction < second.transaction ? second : first;
  }

  /** How long the file is when every page up to the last one is in it. */
  long fullLength() {
    return (lastPage + 1) * pageSize;
  }

  private static MetaPage read(FileChannel file, long offset) throws IOException {
    var page = bytes(file, offset, LENGTH);
    if ((page.getShort(10) & META_FLAG) == 0 || page.getInt(HEADER) != MAGIC) {
      throw new StorageException("byte " + offset + " does not begin a meta page of LMDB");
    }
    if (page.getInt(HEADER + 4) != FORMAT) {
      throw new StorageException(
          "the file has LMDB's format %d, this program reads format %d"
              .formatted(page.getInt(HEADER + 4), FORMAT));
    }
    int pageSize = page.getInt(FREE_TABLE);
    long lastPage = page.getLong(LAST_PAGE);
    if (Integer.bitCount(pageSize) != 1 || pageSize < 512 || pageSize > 65536) {
      throw new StorageException("a page cannot have " + pageSize + " bytes");
    }
    if (lastPage < 1 || lastPage > Long.MAX_VALUE / pageSize - 1) {
      throw new StorageException("the last page cannot be page " + lastPage);
    }
    return new MetaPage(
        pageSize,
        lastPage,
        page.getLong(TRANSACTION),
        Tree.at(page, FREE_TABLE),
        Tree.at(page, MAIN_TABLE));
  }

  /** Exactly so many bytes of a file, in the byte order that LMDB wrote them in. */
  static ByteBuffer bytes(FileChannel file, long offset, int length) throws IOException {
    var buffer = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("the file ends before byte " + (offset + length));
      }
    }
    return buffer.flip();
  }
}
