using System.Net;
using Notify.Admin.Api;

namespace Notify.Admin.UnitTests.Api;

public class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void Text_AnyAddress_IsPlain(string address, string expected) => ClientAddress.Text(IPAddress.Parse(address)).ShouldBe(expected);

    [Fact]
    public void Text_NoAddress_SaysUnknown() => ClientAddress.Text(null).ShouldBe("unknown");

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("unknown", "unknown")]
    public void Network_AnyAddress_IsWhatOneCallerOwns(string address, string expected) =>
        ClientAddress.Network(address).ShouldBe(expected);
}
