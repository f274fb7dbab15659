using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Secrets;

/// <summary>Addresses of requests hold what must not be in a log: one-time links, codes of single sign-on.</summary>
public class AddressLogTests
{
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:LogLevel:" + Category)]
    [InlineData("Logging:Notify.Admin.Testing.LogCapture:LogLevel:Default")]
    public async Task Request_WhateverLevelIsAskedFor_IsLoggedWithoutItsAddress(string key)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { [key] = "Debug" },
        });

        using var page = await app.CreateClient().GetAsync("Account/Login?made=canary-in-the-address", Stop);

        app.Logs.Lines.ShouldAllBe(line => !line.StartsWith($"Information {Category}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_OfItself_CostsNoScopeOfTheServers()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category).IsEnabled(LogLevel.Critical).ShouldBeFalse();
    }
}
