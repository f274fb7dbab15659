using System.Net;
using Microsoft.Extensions.Options;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.UnitTests.OutgoingCalls;

public class OutgoingProxyTests
{
    [Theory]
    [InlineData("https://slack.com/api/", "http://p:1/")]
    [InlineData("http://slack.com/api/", "http://p:1/")]
    [InlineData("http://localhost:5090/api/", null)]
    [InlineData("http://127.0.0.1:5090/api/", null)]
    [InlineData("https://vendor.example.com/", null)]
    [InlineData("https://example.com/", null)]
    [InlineData("https://badexample.com/", "http://p:1/")]
    [InlineData("https://10.1.2.3/", null)]
    [InlineData("https://11.1.2.3/", "http://p:1/")]
    [InlineData("https://ported.test:8443/", null)]
    [InlineData("https://ported.test/", "http://p:1/")]
    public void GetProxy_FollowsTheExceptions(string destination, string? expected) =>
        new OutgoingProxy(Options.Create(new OutgoingOptions { Proxy = "p:1", NoProxy = ".example.com, 10.0.0.0/8,ported.test:8443" }))
            .GetProxy(new Uri(destination))?.AbsoluteUri.ShouldBe(expected);

    [Fact]
    public void GetProxy_WithoutASetting_IsTheEnvironmentsByScheme()
    {
        var options = new OutgoingOptions { EnvironmentHttps = "http://tls:1", EnvironmentHttp = "plain:2" };
        var proxy = new OutgoingProxy(Options.Create(options));

        proxy.GetProxy(new Uri("https://slack.com/"))!.Host.ShouldBe("tls");
        proxy.GetProxy(new Uri("http://slack.com/"))!.Host.ShouldBe("plain");
        options.Proxy = "none";
        new OutgoingProxy(Options.Create(options)).IsBypassed(new Uri("https://slack.com/")).ShouldBeTrue();
    }

    [Fact]
    public void IsProxy_KnowsTheProxiesByTheirAddressAlone()
    {
        var proxy = new OutgoingProxy(Options.Create(new OutgoingOptions { EnvironmentHttps = "http://127.0.0.1:3128" }));

        proxy.IsProxy(new DnsEndPoint("127.0.0.1", 3128)).ShouldBeTrue();
        proxy.IsProxy(new DnsEndPoint("127.0.0.1", 3129)).ShouldBeFalse();
        proxy.IsProxy(new DnsEndPoint("oapi.dingtalk.com", 443)).ShouldBeFalse();
    }

    [Fact]
    public void Credentials_AreApartFromTheAddress()
    {
        var proxy = new OutgoingProxy(Options.Create(new OutgoingOptions { Proxy = "http://ann:p%40ss@proxy.test:3128" }));

        var address = proxy.GetProxy(new Uri("https://slack.com/"))!;

        address.AbsoluteUri.ShouldBe("http://proxy.test:3128/");
        var login = ((IWebProxy)proxy).Credentials!.GetCredential(address, "Basic")!;
        (login.UserName, login.Password).ShouldBe(("ann", "p@ss"));
        ((IWebProxy)proxy).Credentials!.GetCredential(new Uri("http://elsewhere.test/"), "Basic").ShouldBeNull();
    }

    [Theory]
    [InlineData("ftp://ann:s3cret@proxy")]
    [InlineData("http://ann:s3cret@")]
    [InlineData("http://ann:s3cret@proxy:3128/path")]
    public void Validate_WhatIsNoProxy_IsRefusedWithoutItsPassword(string proxy)
    {
        foreach (var (options, key) in ((OutgoingOptions, string)[])[(new OutgoingOptions { Proxy = proxy }, "Outgoing:Proxy"),
            (new OutgoingOptions { EnvironmentHttps = proxy }, "HTTPS_PROXY")])
        {
            var failure = new OutgoingOptionsValidator().Validate(null, options).Failures!.ShouldHaveSingleItem();
            failure.ShouldStartWith(key);
            failure.ShouldNotContain("s3cret");
        }
    }

    [Theory]
    [InlineData("http://proxy:3128")]
    [InlineData("proxy.example.com:8080")]
    [InlineData("socks5://127.0.0.1:1080")]
    [InlineData("none")]
    [InlineData("")]
    [InlineData(null)]
    public void Validate_WhatCanBeOne_IsAccepted(string? proxy) =>
        new OutgoingOptionsValidator().Validate(null, new OutgoingOptions { Proxy = proxy }).Succeeded.ShouldBeTrue();
}
