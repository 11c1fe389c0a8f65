/**
 * How processes reach Temporal: the client, its data converter, task queues and search attributes.
 */
@NullMarked
package com.freelync.control.temporal;

import org.jspecify.annotations.NullMarked;
