"""CLIXML files for the import pages, made as small as the format allows."""

NAMESPACE = "http://schemas.microsoft.com/powershell/2004/04"


def item(server, *, site="PS1", role="SMS Site System", port=8080, proxy="proxy01.contoso.com", use=1):
    """One role item as Get-CMSiteRole gives it; without a proxy when it is none of a site system."""
    properties = []
    if role == "SMS Site System":
        properties = [("UseProxy", use, ""), ("ProxyName", 0, proxy), ("ProxyServerPort", port, ""),
                      ("AnonymousProxyAccess", 1, "")]
    embedded = "".join(
        f'<Obj><Props><S N="PropertyName">{name}</S><U32 N="Value">{value}</U32><S N="Value1"></S>'
        f'<S N="Value2">{text}</S></Props></Obj>\n' for name, value, text in properties)
    site_line = f'<S N="SiteCode">{site}</S>' if site else ""
    return (f'<Obj><TN RefId="0"><T>IResultObject#SMS_SCI_SysResUse</T></TN><Props>'
            f'<S N="NetworkOSPath">\\\\{server}</S>{site_line}<S N="RoleName">{role}</S>'
            f'<Obj N="Props"><LST>\n{embedded}</LST></Obj></Props></Obj>\n')


def clixml(items):
    return f'<Objs Version="1.1.0.1" xmlns="{NAMESPACE}">\n{"".join(items)}</Objs>'


def broken_site(servers=5000):
    """A large site in which every kind of mistake stands many times."""
    items = []
    for number in range(servers):
        name = f"cm{number:05}.contoso.com"
        if number % 50 == 1:
            items.append(item(name, port=70000))
        elif number % 50 == 2:
            items.append(item(name, proxy="http://proxy01.contoso.com"))
        elif number % 50 == 3:
            items.append(item(name.replace("cm", "cm bad ")))
        elif number % 50 == 4:
            items.append(item(name, proxy="proxy_01.contoso.com"))
        elif number % 50 == 5:
            items.append(item(name, site="ps1"))
        elif number % 50 == 6:
            items.append(item(name, proxy=""))
        else:
            items.append(item(name))
        items.append(item(name.replace("cm bad ", "cm"), role="SMS Distribution Point"))
    return clixml(items)
