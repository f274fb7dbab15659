using System.Text;
using Microsoft.Extensions.Primitives;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

public class RpcSignatureTests
{
    private static readonly DateTimeOffset Now = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("TimeStamp", "CT9X0VtwR86fNWSnsc6v8YGOjuE=")]
    [InlineData("Timestamp", "OLeaidS1JvxuMvnyHOwuJ+uX5qY=")]
    public void Sign_VendorsExample_IsThePublishedSignature(string timestampName, string expected)
    {
        KeyValuePair<string, string>[] parameters =
        [
            new("Action", "DescribeRegions"), new("Version", "2014-05-26"), new("Format", "XML"), new("AccessKeyId", "testid"),
            new("SignatureMethod", "HMAC-SHA1"), new("SignatureVersion", "1.0"),
            new("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"),
            new(timestampName, "2016-02-23T12:46:24Z"),
        ];

        Convert.ToBase64String(RpcSignature.Sign(RpcSignature.StringToSign("GET", parameters), "testsecret")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("GET", "5ITMxAtKENdsxE5/iYIYgnQwZZk=")]
    [InlineData("POST", "ynlxEH1mQw0BWk8mqcsaRvfbx6w=")]
    public void Verify_PublishedVectors_AreAccepted(string method, string signature)
    {
        var parameters = Parameters();
        parameters["Signature"] = signature;

        Verdict(method, parameters).ShouldBe("ok");
    }

    [Fact]
    public void StringToSign_OfTheVector_IsAsPublished() => RpcSignature.StringToSign("GET", Parameters()).ShouldBe(
        "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeDingTalk%26CurrentPage%3D1%26Format%3DJSON%26PageSize%3D20%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0%26Timestamp%3D2025-01-02T03%253A04%253A05Z%26Version%3D2018-12-03");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(100)]
    public void Verify_ParametersInQueryAndForm_AreSignedTogether(int inQuery)
    {
        var parameters = Signed("POST", Parameters());

        Verdict("POST", parameters, inQuery).ShouldBe("ok");
    }

    [Theory]
    [InlineData("Action", "DescribeAllGroups", "SignatureDoesNotMatch")]
    [InlineData("CurrentPage", "2", "SignatureDoesNotMatch")]
    [InlineData("Added", "1", "SignatureDoesNotMatch")]
    [InlineData("SignatureNonce", "other", "SignatureDoesNotMatch")]
    [InlineData("Timestamp", "2025-01-02T03:04:06Z", "SignatureDoesNotMatch")]
    [InlineData("Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "SignatureDoesNotMatch")]
    [InlineData("Signature", "not base64", "SignatureDoesNotMatch")]
    [InlineData("Signature", "", "MissingSignature")]
    [InlineData("Timestamp", "2025-01-02T04:04:05Z", "InvalidTimeStamp.Expired")]
    [InlineData("Timestamp", "2025-01-02 03:04:05", "InvalidTimeStamp.Format")]
    [InlineData("SignatureMethod", "HMAC-SHA256", "InvalidParameter")]
    [InlineData("SignatureVersion", "2.0", "InvalidParameter")]
    [InlineData("Version", "2014-05-26", "InvalidVersion")]
    [InlineData("Action", "DescribeNothing", "InvalidAction.NotFound")]
    [InlineData("Action", "describedingtalk", "InvalidAction.NotFound")]
    [InlineData("Action", "2", "InvalidAction.NotFound")]
    [InlineData("Format", "XML", "InvalidParameter")]
    public void Verify_ParameterChanged_IsRefused(string name, string value, string expected)
    {
        var parameters = Signed("GET", Parameters());
        parameters[name] = value;

        Verdict("GET", parameters).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Action")]
    [InlineData("Version")]
    [InlineData("AccessKeyId")]
    [InlineData("SignatureMethod")]
    [InlineData("SignatureVersion")]
    [InlineData("SignatureNonce")]
    [InlineData("Timestamp")]
    [InlineData("Signature")]
    public void Read_ParameterAbsent_IsNamed(string name)
    {
        var parameters = Signed("GET", Parameters());
        parameters.Remove(name);

        Verdict("GET", parameters).ShouldBe($"Missing{name}");
    }

    [Fact]
    public void Verify_FormatAbsentOrLowerCase_IsJson()
    {
        var absent = Parameters();
        absent.Remove("Format");
        var lower = Parameters();
        lower["Format"] = "json";

        Verdict("GET", Signed("GET", absent)).ShouldBe("ok");
        Verdict("GET", Signed("GET", lower)).ShouldBe("ok");
    }

    [Fact]
    public void Verify_WrongSecret_RepeatsNoParameter()
    {
        var parameters = Parameters();
        parameters["SendUrl"] = "https://oapi.dingtalk.com/robot/send?access_token=canary";
        var call = Call("GET", Signed("GET", parameters), parameters.Count);

        Should.Throw<CallRefusedException>(() => call.Signature.Verify("other")).Error.Message.ShouldNotContain("canary");
    }

    private static Dictionary<string, string> Parameters() => new()
    {
        ["Action"] = "DescribeDingTalk",
        ["CurrentPage"] = "1",
        ["PageSize"] = "20",
        ["Format"] = "JSON",
        ["Version"] = "2018-12-03",
        ["AccessKeyId"] = "testid",
        ["SignatureMethod"] = "HMAC-SHA1",
        ["SignatureVersion"] = "1.0",
        ["SignatureNonce"] = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        ["Timestamp"] = "2025-01-02T03:04:05Z",
    };

    private static Dictionary<string, string> Signed(string method, Dictionary<string, string> parameters)
    {
        parameters["Signature"] = Convert.ToBase64String(RpcSignature.Sign(RpcSignature.StringToSign(method, parameters), "testsecret"));
        return parameters;
    }

    private static string Verdict(string method, Dictionary<string, string> parameters, int inQuery = 100)
    {
        try
        {
            var call = Call(method, parameters, inQuery);
            call.Signature.CheckDate(Now);
            call.Signature.Verify("testsecret");
            return "ok";
        }
        catch (CallRefusedException refusal)
        {
            return refusal.Error.Code;
        }
    }

    private static SecurityCenterCall Call(string method, Dictionary<string, string> parameters, int inQuery)
    {
        Dictionary<string, StringValues> headers = new() { ["Host"] = "localhost", ["Content-Type"] = "application/x-www-form-urlencoded" };
        var body = Encode(parameters.Skip(inQuery));
        return SecurityCenterCall.Read(SecurityCenterRequest.Read(method, "?" + Encode(parameters.Take(inQuery)), headers,
            Encoding.UTF8.GetBytes(body)));
    }

    private static string Encode(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
}
