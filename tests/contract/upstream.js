/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loaded into Prism, which has no option for it: its connections to the bank carry this
 * terminal's certificate, once it has one, and none is kept from before that.
 *	BANKTERM_DEVICE   the terminal's device.pem, key and certificate
 */
"use strict";
const fs = require("fs");
const https = require("https");
const tls = require("tls");
const connect = tls.connect;

https.globalAgent = new https.Agent({ keepAlive: false });
tls.connect = (...args) => {
	if (typeof args[0] === "object" && fs.existsSync(process.env.BANKTERM_DEVICE)) {
		const pem = fs.readFileSync(process.env.BANKTERM_DEVICE);
		args[0] = { ...args[0], key: pem, cert: pem };
	}
	return connect(...args);
};
