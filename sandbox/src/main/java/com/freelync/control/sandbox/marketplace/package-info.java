/** The sample marketplace: its schema, and a simulator that makes payouts and traffic. */
@NullMarked
package com.freelync.control.sandbox.marketplace;

import org.jspecify.annotations.NullMarked;
