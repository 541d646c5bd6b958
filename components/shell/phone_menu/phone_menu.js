// Presses the sidebar's own button, after its link has opened the page.

const LINK = "[data-testid=stSidebarNavLink], [data-testid=stSidebar] [data-testid=stLogoLink]"
const CLOSE = "[data-testid=stSidebarCollapseButton] button"

const close = ({ target }) => {
  if (target instanceof Element && target.closest(LINK)) {
    setTimeout(() => document.querySelector(CLOSE)?.click())
  }
}

export default function () {
  document.addEventListener("click", close)
  return () => document.removeEventListener("click", close)
}
