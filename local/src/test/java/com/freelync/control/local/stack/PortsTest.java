package com.freelync.control.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.local.stack.Ports.Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OP-1 ports")
class PortsTest {
  @Test
  void aBusyPortIsReplacedByAFreeOneAndSaid() throws Exception {
    List<String> said = new ArrayList<>();
    try (ServerSocket busy = occupy(Address.API.preferred)) {
      Ports ports = Ports.choose((address, port) -> said.add(address + " " + port));

      assertThat(ports.of(Address.API)).isNotEqualTo(Address.API.preferred).isPositive();
      assertThat(said).contains("API " + ports.of(Address.API));
      assertThat(ports.url(Address.API)).isEqualTo("http://127.0.0.1:" + ports.of(Address.API));
    }
  }

  @Test
  void allPortsAreDifferentAndOnlyReplacedOnesAreSaid() {
    List<Address> said = new ArrayList<>();

    Ports ports = Ports.choose((address, port) -> said.add(address));

    assertThat(Arrays.stream(Address.values()).map(ports::of)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Address.values()))
        .allMatch(address -> said.contains(address) == (ports.of(address) != address.preferred));
  }

  /** Takes the port, or finds that another program has it, which is as good here. */
  private static ServerSocket occupy(int port) throws Exception {
    try {
      return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    } catch (java.net.BindException alreadyBusy) {
      return new ServerSocket(0);
    }
  }
}
