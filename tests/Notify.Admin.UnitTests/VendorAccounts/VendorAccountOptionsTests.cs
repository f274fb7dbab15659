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

    [Fact]
    public void Endpoints_NothingConfigured_AreTheVendorsTwoSites()
    {
        var endpoints = new VendorEndpoints(Options.Create(new VendorAccountOptions()));

        endpoints.All.ShouldBe(["https://tds.cn-shanghai.aliyuncs.com", "https://tds.ap-southeast-1.aliyuncs.com"]);
        endpoints.Lists("tds.cn-shanghai.aliyuncs.com", 443).ShouldBeTrue();
        endpoints.Lists("tds.cn-shanghai.aliyuncs.com", 80).ShouldBeFalse();
        endpoints.Find("https://elsewhere.example.com").ShouldBeNull();
    }
}
