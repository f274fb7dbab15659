using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.Load;

/// <summary>The floor under every HTTP figure: a process that only parses the body and answers.</summary>
internal static class BareEndpoint
{
    public const string Command = "bare-endpoint";

    public static async Task ServeAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        var app = builder.Build();
        app.MapPost("/api/events", async (HttpContext http) =>
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            http.Response.ContentLength = 2;
            await http.Response.WriteAsync("{}");
        });
        await app.RunAsync("http://127.0.0.1:0");
    }

    public static async Task<StreamResult> MeasureAsync(int connections, int batch, TimeSpan length)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BareEndpoint).Assembly.Location, Command]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Split("Now listening on: ") is [_, var address])
                {
                    await EventStream.RunAsync(new Uri(address), connections, batch, 500, TimeSpan.FromSeconds(1));
                    return await EventStream.RunAsync(new Uri(address), connections, batch, 500, length);
                }
            }

            throw new InvalidOperationException("The bare endpoint did not start.");
        }
        finally
        {
            process.Kill();
        }
    }
}
