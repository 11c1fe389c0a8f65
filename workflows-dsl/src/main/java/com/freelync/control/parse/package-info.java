/**
 * Reads what people write, as JSON or YAML, into the model, with errors that name the path and the
 * cure.
 */
@NullMarked
package com.freelync.control.parse;

import org.jspecify.annotations.NullMarked;
