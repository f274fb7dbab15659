using Microsoft.Extensions.Options;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests.VendorAccounts;

public class VendorAccountOptionsTests
{
    [Theory]
    [InlineData("https://tds.cn-shanghai.aliyuncs.com", true)]
    [InlineData("http://localhost:5080/", true)]
    [InlineData("https://tds.aliyuncs.com/path", false)]
    [InlineData("https://user@tds.aliyuncs.com", false)]
    [InlineData("ftp://tds.aliyuncs.com", false)]
    [InlineData("tds.aliyuncs.com", false)]
    public void Validate_Endpoint_IsAnAddressWithoutAnythingAfterIt(string endpoint, bool isAccepted) =>
        new VendorAccountOptionsValidator().Validate(null, new VendorAccountOptions { SecurityCenterEndpoints = [endpoint] }).Succeeded
            .ShouldBe(isAccepted);

    [Theory]
    [InlineData("https://kayran.live/api", true)]
    [InlineData("https://api.cytrix.io/", true)]
    [InlineData("https://kayran.live/api?apiKey=1", false)]
    [InlineData("https://user@kayran.live/api", false)]
    [InlineData("kayran.live/api", false)]
    public void Validate_KayransAddress_MayHaveAPath(string address, bool isAccepted) =>
        new VendorAccountOptionsValidator().Validate(null, new VendorAccountOptions { KayranAddresses = [address] }).Succeeded
            .ShouldBe(isAccepted);

    [Fact]
    public void Endpoints_NothingConfigured_AreTheVendorsTwoSites()
    {
        var endpoints = new VendorEndpoints(Options.Create(new VendorAccountOptions()));

        endpoints.ListOf(VendorKind.SecurityCenter).ShouldBe(
            ["https://tds.cn-shanghai.aliyuncs.com", "https://tds.ap-southeast-1.aliyuncs.com"]);
        endpoints.Lists("tds.cn-shanghai.aliyuncs.com", 443).ShouldBeTrue();
        endpoints.Lists("tds.cn-shanghai.aliyuncs.com", 80).ShouldBeFalse();
        endpoints.Find(VendorKind.SecurityCenter, "https://elsewhere.example.com").ShouldBeNull();
        endpoints.ListOf(VendorKind.Kayran)[0].ShouldBe("https://kayran.live/api");
        endpoints.Lists("api.cytrix.io", 443).ShouldBeTrue();
        endpoints.Find(VendorKind.SecurityCenter, "https://kayran.live/api").ShouldBeNull();
    }
}
