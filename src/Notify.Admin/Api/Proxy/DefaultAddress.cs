using Microsoft.Extensions.Configuration.Memory;

namespace Notify.Admin.Api;

/// <summary>Where the product listens when nothing says otherwise.</summary>
internal static class DefaultAddress
{
    public const string Url = "http://localhost:5080";

    /// <summary>Adds the default below every other source: in <c>appsettings.json</c> it would outrank <c>ASPNETCORE_URLS</c>, and next to
    /// <c>HTTP_PORTS</c> (as container images set it) it would win as well.</summary>
    public static void AddDefaultAddress(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["HTTP_PORTS"] is null && builder.Configuration["HTTPS_PORTS"] is null)
        {
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Urls", Url)] });
        }
    }
}
