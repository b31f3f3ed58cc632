/** The page that comes with a 401, as AMT has sent it since its first web server: 690 bytes. */
export const loginFailedPage = [
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" >',
  '<html><head><link rel=stylesheet href=/styles.css>',
  '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
  '<title>Intel&reg; Active Management Technology</title></head>',
  '<body>',
  '<table class=header>',
  '<tr><td valign=top nowrap>',
  '<p class=top1>Intel<font class=r><sup>&reg;</sup></font> Active Management Technology',
  '<td valign="top"><img src="logo.gif" align="right" alt="Intel">',
  '</table>',
  '<br />',
  '<h2 class=warn>Log on failed. Incorrect user name or password, or user account temporarily locked.</h2>',
  '',
  '<p>',
  '<form METHOD="GET" action="index.htm"><h2><input type=submit value="Try again">',
  '</h2></form>',
  '<p>',
  '',
  '</body>',
  '</html>',
  '',
].join('\n');

/** The page for logging in to the web user interface. */
export const logonPage = [
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" >',
  '<html><head><title>Intel&reg; Active Management Technology</title></head>',
  '<body><h1>Log On</h1><form METHOD="GET" action="index.htm"><input type=submit value="Log On..."></form></body></html>',
  '',
].join('\n');
