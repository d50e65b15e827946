/*
 * client/widget.c - the button a company puts on its web site: one script tag.
 *
 *	<script src="https://im.example.com/widget.js" data-code="1-abc…" async></script>
 *
 * The button opens the consumer page in a small window of its own, at the corner of the
 * screen, and not in a frame: a page in a frame of another site gets no cookie of ours,
 * so the customer would be a stranger each time, and frames would let any site lay
 * itself over our pages (doc/decisions/widget.md).
 */
#include "client/client.h"

NO_IN(widget)
NO_OUT(widget)

/* Makes its elements by hand and styles them by properties: that needs no leave of the
 * site's own content policy but for the script.  The site's host is the channel. */
static const char script[] =
	"(function(){"
	"var s=document.currentScript,c=s&&s.getAttribute('data-code');"
	"if(!c)return;"
	"var o=new URL(s.src).origin,"
	"zh=/^zh/i.test(document.documentElement.lang||navigator.language),"
	"t=s.getAttribute('data-label')||(zh?'\\u8054\\u7cfb\\u6211\\u4eec':'Chat with us'),"
	"k=s.getAttribute('data-color')||'#0b6bcb',"
	"l=s.getAttribute('data-side')==='left',w=null;"
	"function open(){"
	"if(w&&!w.closed){w.focus();return}"
	"var W=400,H=Math.min(680,screen.availHeight-80),"
	"x=l?24:screen.availWidth-W-24,y=screen.availHeight-H-48;"
	"w=window.open(o+'/c/'+encodeURIComponent(c)+'?customer_channel='"
	"+encodeURIComponent((s.getAttribute('data-channel')||location.hostname).slice(0,60)),"
	"'liaison-'+c,'popup=1,width='+W+',height='+H+',left='+x+',top='+y)}"
	"function start(){"
	"var b=document.createElement('button'),p=b.style;"
	"b.type='button';b.textContent=t;b.setAttribute('data-liaison','');"
	"p.position='fixed';p.bottom='20px';p[l?'left':'right']='20px';p.zIndex=2147483000;"
	"p.padding='12px 20px';p.border='0';p.borderRadius='24px';p.cursor='pointer';"
	"p.font='600 15px/1.2 system-ui,sans-serif';p.color='#fff';p.background=k;"
	"p.boxShadow='0 4px 16px rgba(0,0,0,.25)';"
	"b.addEventListener('click',open);document.body.appendChild(b)}"
	"document.body?start():addEventListener('DOMContentLoaded',start)"
	"})();\n";

_Static_assert(sizeof(script) < 5000, "a few kilobytes");

static enum err widget(struct req *rq)
{
	answer_header(rq, STR("Cross-Origin-Resource-Policy"), STR("cross-origin"));
	answer_bytes(rq, "text/javascript; charset=utf-8",
		str_make(script, sizeof(script) - 1), "public, max-age=3600");
	return OK;
}

const struct route widget_routes[] = {
	GET_RAW("/widget.js", widget, none, READS_QUICK,
		"The button for a company's web site"),
	LAST_ROUTE,
};
