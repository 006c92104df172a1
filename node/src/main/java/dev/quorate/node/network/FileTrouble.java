package dev.quorate.node.network;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words for people. */
public final class FileTrouble {
  private FileTrouble() {}

  /** A few words to stand behind the name of the file; no name of a Java class. */
  public static String why(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "not allowed";
      case FileAlreadyExistsException e -> e.getFile() + " exists and is no folder";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
