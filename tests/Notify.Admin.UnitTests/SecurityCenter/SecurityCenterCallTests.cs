using Microsoft.Extensions.Primitives;
using Notify.Admin.Security;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

public class SecurityCenterCallTests
{
    [Theory]
    [InlineData("?CurrentPage=1&CurrentPage=1", "")]
    [InlineData("?CurrentPage=1", "CurrentPage=1")]
    [InlineData("", "PageSize=1&Page%53ize=2")]
    public void Read_NameGivenTwice_IsRefused(string query, string body)
    {
        var request = new SignedRequest { Query = query, Body = body,
            Headers = { ["Content-Type"] = "application/x-www-form-urlencoded" } }.Sign();

        var error = Should.Throw<CallRefusedException>(() => request.Call()).Error;

        error.Status.ShouldBe(400);
        error.Code.ShouldBe("InvalidParameter");
        error.Message.ShouldContain("it is given twice");
    }

    [Theory]
    [InlineData("x-acs-date")]
    [InlineData("x-acs-action")]
    [InlineData("Host")]
    [InlineData("Content-Type")]
    public void Read_HeaderGivenTwice_IsRefused(string name)
    {
        var request = new SignedRequest { Headers = { ["Content-Type"] = "text/plain" } }.Sign();
        request.Headers[name] = new StringValues([request.Headers[name], request.Headers[name]]);

        request.Verdict().ShouldBe("IncompleteSignature");
    }

    [Theory]
    [InlineData("?Action=DescribeAllGroups", "InvalidParameter")]
    [InlineData("?Action=DescribeDingTalk", "ok")]
    [InlineData("?Version=2014-05-26", "InvalidParameter")]
    [InlineData("?Version=2018-12-03", "ok")]
    [InlineData("?Format=XML", "InvalidParameter")]
    [InlineData("?Format=json", "ok")]
    public void Read_ParameterAndHeader_MustAgree(string query, string expected) =>
        new SignedRequest { Query = query }.Sign().Verdict().ShouldBe(expected);

    [Fact]
    public void Read_ActionInQueryInPlaceOfTheHeader_IsAccepted()
    {
        var request = new SignedRequest { Query = "?Action=DescribeAllGroups&Version=2018-12-03" };
        request.Headers.Remove("x-acs-action");
        request.Headers.Remove("x-acs-version");
        request.Sign();

        request.Verdict().ShouldBe("ok");
        request.Call().Operation.ShouldBe(SecurityCenterOperation.DescribeAllGroups);
    }

    [Theory]
    [InlineData("x-acs-action", "MissingAction")]
    [InlineData("x-acs-version", "MissingVersion")]
    public void Read_ActionOrVersionAbsent_IsNamed(string name, string expected)
    {
        var request = new SignedRequest();
        request.Headers.Remove(name);

        request.Sign().Verdict().ShouldBe(expected);
    }

    [Fact]
    public void Read_NotSignedAtAll_IsRefused()
    {
        new SignedRequest().Verdict().ShouldBe("IncompleteSignature");
        var bare = new SignedRequest { Query = "?Action=DescribeDingTalk&Version=2018-12-03" };
        bare.Headers.Remove("x-acs-action");
        bare.Verdict().ShouldBe("MissingAccessKeyId");
    }

    [Fact]
    public void Read_HeadersOfTheOlderMethod_DoNotDecide()
    {
        // Signed by parameters, so an unsigned header must not name the action.
        var request = new SignedRequest
        {
            Query = "?Version=2018-12-03&AccessKeyId=a&Signature=a&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=n&Timestamp=2025-01-02T03:04:05Z",
        };

        request.Verdict().ShouldBe("MissingAction");
    }

    [Fact]
    public void Read_FirstLetterDiffersAsInTheVendorsClient_IsAccepted()
    {
        var request = new SignedRequest
        {
            Query = "?Action=DescribeDingTalk&Version=2018-12-03&AccessKeyId=a&Signature=a&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=n&Timestamp=2025-01-02T03:04:05Z",
            Headers = { ["x-acs-action"] = "describeDingTalk" },
        };

        request.Call().Operation.ShouldBe(SecurityCenterOperation.DescribeDingTalk);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public void Read_OtherMethod_IsRefused(string method) =>
        new SignedRequest { Method = method }.Sign().Verdict().ShouldBe("UnsupportedHTTPMethod");

    [Theory]
    [InlineData(129)]
    [InlineData(2000)]
    public void Read_NonceTooLong_IsRefused(int length)
    {
        var request = new SignedRequest { Headers = { ["x-acs-signature-nonce"] = new string('n', length) } };

        request.Sign().Verdict().ShouldBe("IncompleteSignature");
    }

    [Theory]
    [InlineData(SecurityCenterOperation.CreateOrUpdateDingTalk, Policies.Edit)]
    [InlineData(SecurityCenterOperation.DeleteDingTalk, Policies.Edit)]
    [InlineData(SecurityCenterOperation.ModifyDingTalkStatus, Policies.Edit)]
    [InlineData(SecurityCenterOperation.DingTalkOnlineTest, Policies.Operate)]
    [InlineData(SecurityCenterOperation.DescribeDingTalk, Policies.View)]
    [InlineData(SecurityCenterOperation.DescribeDataSource, Policies.View)]
    [InlineData(SecurityCenterOperation.DescribeGroupStruct, Policies.View)]
    [InlineData(SecurityCenterOperation.DescribeAllGroups, Policies.View)]
    public void PolicyOf_Operation_IsAsDesigned(object operation, string policy) =>
        SecurityCenterOperations.PolicyOf((SecurityCenterOperation)operation).ShouldBe(policy);
}
