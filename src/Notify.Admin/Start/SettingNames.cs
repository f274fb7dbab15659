namespace Notify.Admin.Start;

/// <summary>Which settings the command line may give: those of <c>appsettings.example.json</c>, which names every one, and the
/// framework's.</summary>
internal static class SettingNames
{
    // The host's own keys; test hosts hand some of them over as arguments.
    private static readonly string[] OfTheHost =
    [
        "AllowedHosts", "applicationName", "captureStartupErrors", "contentRoot", "detailedErrors", "environment",
            "forwardedHeaders_Enabled",
        "hostBuilder:reloadConfigOnChange", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "http_ports", "https_ports",
        "preferHostingUrls", "preventHostingStartup", "shutdownTimeoutSeconds", "startupAssembly", "staticWebAssets",
        "suppressStatusMessages", "webRoot",
    ];

    // Read as environment variables are: the way out through a company's proxy.
    private static readonly string[] OfTheEnvironment = ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

    // Sections with members of any name.
    private static readonly string[] Open = ["Kestrel", "Logging"];

    private static readonly HashSet<string> Known = new([.. OfTheHost, .. OfTheEnvironment, .. Open, .. OfTheExample()],
        StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) =>
        Known.Contains(name) || Known.Contains(FirstElement(name)) || Open.Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    // The example has one element of each list.
    private static string FirstElement(string name) =>
        name.LastIndexOf(':') is > 0 and var at && int.TryParse(name.AsSpan(at + 1), out _) ? $"{name[..at]}:0" : name;

    private static IEnumerable<string> OfTheExample()
    {
        using var example = typeof(SettingNames).Assembly.GetManifestResourceStream("appsettings.example.json")!;
        return [.. new ConfigurationBuilder().AddJsonStream(example).Build().AsEnumerable().Select(pair => pair.Key)];
    }
}
