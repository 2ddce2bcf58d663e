// A refresh by the page itself drops the fragment; old links to a clause or an indicator should still land on it.
const link = document.getElementById("hb-target");
location.replace(link.href + location.hash);
