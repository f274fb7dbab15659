using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.E2ETests;

/// <summary>A web server of somebody else on another port of the same host: the same site for a browser, which sends the product's cookie
/// along. It shows one page, and passes the product's scripts on.</summary>
internal sealed class OtherOrigin : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _product = new(new SocketsHttpHandler { UseCookies = false });
    private int _loads;

    private OtherOrigin()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>Where the scripts come from.</summary>
    public Uri? Product { get; set; }

    /// <summary>The page's HTML; the second load and further ones show an empty page.</summary>
    public string Page { get; set; } = "";

    public int Loads => _loads;

    public static async Task<OtherOrigin> StartAsync()
    {
        var origin = new OtherOrigin();
        await origin._app.StartAsync();
        var address = origin._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        origin.Address = new UriBuilder(address) { Host = "localhost" }.Uri;
        return origin;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _product.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers["Sec-Fetch-Dest"] == "document")
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Interlocked.Increment(ref _loads) == 1 ? Page : "<title>loaded anew</title>");
            return;
        }

        // Cookies know no ports, so the browser sends the product's here as well.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Product!, context.Request.Path.Value!.TrimStart('/')));
        request.Headers.Add("Cookie", context.Request.Headers.Cookie.ToString());
        using var asset = await _product.SendAsync(request);
        context.Response.StatusCode = (int)asset.StatusCode;
        context.Response.ContentType = asset.Content.Headers.ContentType?.ToString();
        await asset.Content.CopyToAsync(context.Response.Body);
    }
}
