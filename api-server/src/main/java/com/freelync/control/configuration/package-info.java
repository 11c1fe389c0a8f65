/** Settings over HTTP: changed by people, read by services. */
@NullMarked
package com.freelync.control.configuration;

import org.jspecify.annotations.NullMarked;
