package com.freelync.control.local;

import com.freelync.control.local.stack.StackState;

/** What is said when everything is ready: where it is and what to try. */
final class Welcome {
  private Welcome() {}

  /** The text; its commands work as they stand in the directory of the script. */
  static String text(StackState state, double seconds) {
    return """

        The control center is ready after %.1f seconds.

          API            %s   (/openapi.json)
          Temporal UI    %s
          marketplace    %s   (simulator: sellers, payouts, traffic)
          gateway        %s   (simulator: disbursements, book, faults)
          mail           %s
          database       psql "$(./control-center status --json | sed -n 's/.*"database" : "\\(.*\\)".*/\\1/p')"

        Try, in another terminal:

          ./control-center demo

          id() { sed 's/.*"id" *: *"\\([^"]*\\)".*/\\1/'; }
          SELLER=$(curl -s %s/sellers -H 'Content-Type: application/json' -d '{"verified": true, "trust_score": 9}' | id)
          PAYOUT=$(curl -s %s/payouts -H 'Content-Type: application/json' -d '{"seller_id": "'$SELLER'", "amount": 4200}' | id)
          TOKEN=$(./control-center token operator)
          curl -s -H "Authorization: Bearer $TOKEN" %s/admin/payouts/$PAYOUT

        """
        .formatted(
            seconds,
            state.address("api"),
            state.address("temporal_ui"),
            state.address("marketplace"),
            state.address("gateway"),
            state.address("mail"),
            state.address("marketplace"),
            state.address("marketplace"),
            state.address("api"));
  }
}
