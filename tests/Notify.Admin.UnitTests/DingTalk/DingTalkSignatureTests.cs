using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class DingTalkSignatureTests
{
    private const string Secret = "SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(1735787045000, Secret, "iiIrcMK1EesBNhzhcJ+1BR4XC6D9cVa7G0jTp4AMpw8=", "iiIrcMK1EesBNhzhcJ%2B1BR4XC6D9cVa7G0jTp4AMpw8%3D")]
    [InlineData(1735787045007, Secret, "8/v5keJ3pwfvCOSeg+NUgX+to+z5iaYsxsXPj1GiVM0=",
        "8%2Fv5keJ3pwfvCOSeg%2BNUgX%2Bto%2Bz5iaYsxsXPj1GiVM0%3D")]
    [InlineData(1735787045000, "this is secret", "xt8FAVs7oPjJwMdTz7dryGoWKkTo7u21VWyPVyrwGGw=",
        "xt8FAVs7oPjJwMdTz7dryGoWKkTo7u21VWyPVyrwGGw%3D")]
    public void Create_PublishedVectors_SignsAndEncodesOnce(long timestamp, string secret, string sign, string encoded)
    {
        var signature = DingTalkSignature.Create(DateTimeOffset.FromUnixTimeMilliseconds(timestamp), secret);

        signature.Sign.ShouldBe(sign);
        signature.Query.ShouldBe($"&timestamp={timestamp}&sign={encoded}");
    }

    [Fact]
    public void Query_InAnAddress_IsNotEncodedAgain()
    {
        var signature = DingTalkSignature.Create(DateTimeOffset.FromUnixTimeMilliseconds(1735787045007), Secret);

        new Uri("https://oapi.dingtalk.com/robot/send?access_token=a" + signature.Query).PathAndQuery
            .ShouldBe("/robot/send?access_token=a&timestamp=1735787045007&sign=8%2Fv5keJ3pwfvCOSeg%2BNUgX%2Bto%2Bz5iaYsxsXPj1GiVM0%3D");
    }
}
