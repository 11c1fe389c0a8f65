package com.freelync.control.report;

/** Prints pages. */
@FunctionalInterface
public interface PdfPrinter {
  /** Of a process that prints none. */
  PdfPrinter NONE =
      html -> {
        throw new IllegalStateException("this process prints no pages");
      };

  /**
   * A PDF with its fonts in it.
   *
   * @param html well-formed XHTML, which refers to nothing outside of it
   */
  byte[] print(String html);
}
