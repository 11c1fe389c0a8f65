/** A local identity issuer that signs tokens for the sample people. */
@NullMarked
package com.freelync.control.sandbox.identity;

import org.jspecify.annotations.NullMarked;
