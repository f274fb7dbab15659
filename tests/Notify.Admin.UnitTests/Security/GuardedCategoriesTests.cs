using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Security;

public class GuardedCategoriesTests
{
    private const string Category = "Framework.WritesAddresses";
    private const string Sink = "Notify.Admin.Testing.LogCapture";

    [Theory]
    [InlineData("LogLevel:Default", "Debug", LogLevel.Warning)]
    [InlineData("LogLevel:Framework", "Information", LogLevel.Warning)]
    [InlineData("LogLevel:" + Category, "Trace", LogLevel.Warning)]
    [InlineData("LogLevel:" + Category, "Error", LogLevel.Error)]
    [InlineData("LogLevel:" + Category, "None", LogLevel.None)]
    [InlineData(Sink + ":LogLevel:Default", "Debug", LogLevel.Warning)]
    [InlineData(Sink + ":LogLevel:Framework", "Trace", LogLevel.Warning)]
    [InlineData(Sink + ":LogLevel:" + Category, "Trace", LogLevel.Warning)]
    [InlineData(Sink + ":LogLevel:" + Category, "None", LogLevel.None)]
    public void Level_WhateverIsAskedFor_StaysAbove(string key, string level, LogLevel least)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [key] = level }).Build();
        using var logs = new LogCapture();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration).AddProvider(logs))
            .AddGuardedCategory(Category, LogLevel.Warning)
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);

        LogLevel[] all = [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical];
        all.Where(logger.IsEnabled).ShouldBe(all.Where(one => one >= least));
    }

    [Fact]
    public void Level_OfOthers_IsAsConfigured()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"{Sink}:LogLevel:Default"] = "Debug" }).Build();
        using var logs = new LogCapture();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration).AddProvider(logs))
            .AddGuardedCategory(Category, LogLevel.Warning)
            .BuildServiceProvider();

        services.GetRequiredService<ILoggerFactory>().CreateLogger("Framework.Other").IsEnabled(LogLevel.Debug).ShouldBeTrue();
    }
}
