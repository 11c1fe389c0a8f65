package com.freelync.control.sandbox.mail;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as the sink shows it; {@code text} and {@code html} are empty when it has none. */
public record ReceivedMail(
    List<String> from, List<String> to, String subject, String text, String html) {

  static ReceivedMail of(Message message) {
    try {
      return new ReceivedMail(
          addresses(message.getFrom()),
          addresses(message.getAllRecipients()),
          message.getSubject() == null ? "" : message.getSubject(),
          content(message, "text/plain"),
          content(message, "text/html"));
    } catch (MessagingException e) {
      throw new IllegalStateException("An unreadable message", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> addresses(Address @Nullable [] addresses) {
    return addresses == null ? List.of() : Arrays.stream(addresses).map(Address::toString).toList();
  }

  private static String content(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return part.getContent().toString().strip();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = content(inner, type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }
}
