/** A seeded generator that loads a marketplace of any size, the same for the same seed. */
@NullMarked
package com.freelync.control.sandbox.marketplace.generator;

import org.jspecify.annotations.NullMarked;
