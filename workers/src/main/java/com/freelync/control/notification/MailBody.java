package com.freelync.control.notification;

import com.google.common.html.HtmlEscapers;
import java.util.regex.Pattern;

/** A mail's text, twice: as it is and as simple HTML. */
record MailBody(String plain, String html) {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");

  /**
   * The body of a mail.
   *
   * @param publicUrl what completes a link that is a path
   */
  static MailBody of(Mail mail, String publicUrl) {
    String link =
        mail.link().startsWith("/") ? publicUrl.replaceAll("/+$", "") + mail.link() : mail.link();
    String footer = link.isEmpty() ? "" : "\n\n" + link;
    return new MailBody(
        mail.text() + footer + "\n",
        """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>%s</title>
        <body style="font: 15px system-ui, sans-serif">
        <p style="white-space: pre-wrap">%s</p>
        %s</body></html>
        """
            .formatted(escaped(mail.subject()), escaped(mail.text()), anchor(link)));
  }

  /** A link only where it leads to a page: whatever else a link may be stays text. */
  private static String anchor(String link) {
    if (link.isEmpty()) {
      return "";
    }
    String shown = escaped(link);
    return ADDRESS.matcher(link).matches()
        ? "<p><a href=\"" + shown + "\">" + shown + "</a></p>\n"
        : "<p>" + shown + "</p>\n";
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
