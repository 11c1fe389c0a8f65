package com.freelync.control.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once, for the connection itself: what is checked is what is connected to, so that
 * a name which answers otherwise the next time gains nothing.
 */
final class CheckedResolver implements DnsResolver {
  private final DnsResolver names;
  private final Set<String> allowed;

  /**
   * Over a resolver of names.
   *
   * @param allowed hosts that may be anywhere, in small letters
   */
  CheckedResolver(DnsResolver names, Set<String> allowed) {
    this.names = names;
    this.allowed = Set.copyOf(allowed);
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = names.resolve(host);
    if (!allows(host) && !Arrays.stream(found).allMatch(PublicAddress::isPublic)) {
      throw new NotPublic();
    }
    return found;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return names.resolveCanonicalHostname(host);
  }

  /** Whether the host is one that may be anywhere. */
  boolean allows(String host) {
    return allowed.contains(
        host.toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "").replaceAll("\\.$", ""));
  }

  /** The name leads to an address that is not of the public Internet. */
  static final class NotPublic extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotPublic() {
      super("the host is not in the public Internet");
    }
  }
}
