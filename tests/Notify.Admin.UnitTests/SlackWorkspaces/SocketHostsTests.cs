using Microsoft.Extensions.Options;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.UnitTests.SlackWorkspaces;

/// <summary>Where connections of Socket Mode may lead.</summary>
public sealed class SocketHostsTests
{
    [Theory]
    [InlineData("wss://wss-primary.slack.com/link/?ticket=1", true)]
    [InlineData("wss://WSS-backup.Slack.com/link/", true)]
    [InlineData("wss://slack.com/link/", true)]
    [InlineData("wss://wss-primary.slack.com:8443/link/", false)]
    [InlineData("ws://wss-primary.slack.com/link/", false)]
    [InlineData("wss://slack.com.example.net/", false)]
    [InlineData("wss://notslack.com/", false)]
    [InlineData("wss://127.0.0.1/", false)]
    public void Allows_WithoutConfiguration_SlackAlone(string address, bool expected) =>
        Of(new SlackOptions()).Allows(new Uri(address)).ShouldBe(expected);

    [Theory]
    [InlineData("wss://sockets.example.net/", true)]
    [InlineData("wss://gateway.example.org:8443/", true)]
    [InlineData("wss://gateway.example.org/", false)]
    [InlineData("wss://wss-primary.slack.com/", false)]
    [InlineData("ws://sockets.example.net/", false)]
    public void Allows_WhatIsListedInPlaceOfSlack(string address, bool expected) =>
        Of(new SlackOptions { SocketHosts = ["sockets.example.net", "gateway.example.org:8443"] }).Allows(new Uri(address))
            .ShouldBe(expected);

    [Theory]
    [InlineData("ws://localhost:5090/link/", true)]
    [InlineData("wss://localhost:5090/link/", true)]
    [InlineData("ws://localhost:5091/link/", false)]
    public void Allows_UnencryptedOnlyWhereTheWebApiIsSoToo(string address, bool expected) =>
        Of(new SlackOptions { ApiUrl = "http://localhost:5090/api/" }).Allows(new Uri(address)).ShouldBe(expected);

    [Theory]
    [InlineData("https://slack.com")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("slack.com/link")]
    public void Validate_OfWhatIsNoHost_Refuses(string host) => new SlackOptionsValidator()
        .Validate(null, new SlackOptions { SocketHosts = [host] }).FailureMessage.ShouldNotBeNull().ShouldContain("Slack:SocketHosts");

    private static SocketHosts Of(SlackOptions options) => new(Options.Create(options));
}
