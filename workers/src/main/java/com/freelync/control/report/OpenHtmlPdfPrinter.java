package com.freelync.control.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Prints by OpenHTMLtoPDF, with fonts of its own that have Latin and Ethiopic letters. */
public final class OpenHtmlPdfPrinter implements PdfPrinter {
  private static final String FAMILY = "Noto Sans Ethiopic";

  static {
    XRLog.setLoggingEnabled(false);
  }

  @Override
  public byte[] print(String html) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    try {
      new PdfRendererBuilder()
          .useFont(() -> font("NotoSansEthiopic-Regular.ttf"), FAMILY, 400, FontStyle.NORMAL, true)
          .useFont(() -> font("NotoSansEthiopic-Bold.ttf"), FAMILY, 700, FontStyle.NORMAL, true)
          // A report is complete in itself: nothing is fetched, whatever a page may name.
          .useUriResolver((base, uri) -> null)
          .withProducer("FreeLync control center")
          .withHtmlContent(html, null)
          .toStream(pdf)
          .run();
      return pdf.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream font(String name) {
    return Objects.requireNonNull(OpenHtmlPdfPrinter.class.getResourceAsStream(name), name);
  }
}
