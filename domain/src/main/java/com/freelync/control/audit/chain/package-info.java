/** The audit log's hash chain and the file in which it leaves the house, as pure code. */
@NullMarked
package com.freelync.control.audit.chain;

import org.jspecify.annotations.NullMarked;
