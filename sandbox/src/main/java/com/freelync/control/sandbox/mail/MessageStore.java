package com.freelync.control.sandbox.mail;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The one mailbox, in which every message ends whomever it is for. It keeps the newest, where
 * GreenMail's own mailboxes would grow for ever.
 */
final class MessageStore implements GreenMailUser {
  private static final String NAME = "everyone";

  private final int most;
  private final Deque<ReceivedMail> messages = new ArrayDeque<>();

  MessageStore(int most) {
    this.most = most;
  }

  synchronized List<ReceivedMail> newestFirst() {
    return List.copyOf(messages);
  }

  synchronized void clear() {
    messages.clear();
  }

  @Override
  public void deliver(MovingMessage message) {
    deliver(message.getMessage());
  }

  @Override
  public void deliver(MimeMessage message) {
    ReceivedMail received = ReceivedMail.of(message);
    synchronized (this) {
      messages.addFirst(received);
      if (messages.size() > most) {
        messages.removeLast();
      }
    }
  }

  @Override
  public String getEmail() {
    return NAME;
  }

  @Override
  public String getLogin() {
    return NAME;
  }

  @Override
  public String getPassword() {
    return "";
  }

  @Override
  public String getQualifiedMailboxName() {
    return NAME;
  }

  @Override
  public void create() {}

  @Override
  public void delete() {}

  @Override
  public void setPassword(String password) {}

  @Override
  public void authenticate(String password) {}
}
