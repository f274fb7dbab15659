using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

public class Acs3SignatureTests
{
    private const string SignedHeaders = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string QueryB =
        "?ConfigList=%5B%7B%22type%22%3A%22sas_analysis_online-sas-operation-log-sas-event-suspicious%22%2C%22configItemList%22%3A%5B%7B%22key%22%3A%22item_level%22%2C%22valueList%22%3A%5B%22serious%22%2C%22suspicious%22%5D%7D%2C%7B%22key%22%3A%22event_type%22%2C%22valueList%22%3A%5B%22Malicious%20process%20%28cloud%20threat%20detection%29%22%5D%7D%5D%7D%5D&DingTalkLang=en&GroupIdList=%5B%2210417151%22%5D&IntervalTime=0&RuleActionName=Prod%20alerts&SendUrl=https%3A%2F%2Foapi.dingtalk.com%2Frobot%2Fsend%3Faccess_token%3Dabc123";

    // The vendor's own clients leave these characters alone in the URL but not in what they sign.
    private const string QueryBOtherwiseEncoded =
        "?SendUrl=https://oapi.dingtalk.com/robot/send%3Faccess_token%3Dabc123&RuleActionName=Prod+alerts&IntervalTime=0&GroupIdList=%5b%2210417151%22%5d&DingTalkLang=en&ConfigList=%5B%7B%22type%22:%22sas_analysis_online-sas-operation-log-sas-event-suspicious%22,%22configItemList%22:%5B%7B%22key%22:%22item_level%22,%22valueList%22:%5B%22serious%22,%22suspicious%22%5D%7D,%7B%22key%22:%22event_type%22,%22valueList%22:%5B%22Malicious%20process%20(cloud%20threat%20detection)%22%5D%7D%5D%7D%5D";

    [Theory]
    [InlineData("DescribeDingTalk", "?CurrentPage=1&PageSize=20", "0fdafd78391aa8b7a910be914cbfb2643253df9f4c98008dcbab501670ae8e9a",
        "d4cebe156c478e9f932fd62a23d6dbef6f537627697121dd4aa7b45451f31f4d")]
    [InlineData("CreateOrUpdateDingTalk", QueryB, "816ed0cac33ab60a4d5de380b859218c13b6aca822c959aaa00c52438b2c94d8",
        "29761f0dc4cf206257f03ea145ef5102b93ccbf0575356e71c9f4b36a88230d0")]
    [InlineData("CreateOrUpdateDingTalk", QueryBOtherwiseEncoded, "816ed0cac33ab60a4d5de380b859218c13b6aca822c959aaa00c52438b2c94d8",
        "29761f0dc4cf206257f03ea145ef5102b93ccbf0575356e71c9f4b36a88230d0")]
    [InlineData("DescribeDingTalk", "?RuleActionName=%E7%94%9F%E4%BA%A7%20%E5%91%8A%E8%AD%A6%2A~",
        "6dcd3ce08f9f81c1e2badc4c14762beeb2d634405a63a8ed1301cee1e02430ee",
        "40bebf072bd6fade8f38f50f055a22aa22b206d024b2b3b8777b92ff36080bf6")]
    [InlineData("DescribeDingTalk", "?RuleActionName=%E7%94%9F%E4%BA%A7+%E5%91%8A%E8%AD%A6*%7E",
        "6dcd3ce08f9f81c1e2badc4c14762beeb2d634405a63a8ed1301cee1e02430ee",
        "40bebf072bd6fade8f38f50f055a22aa22b206d024b2b3b8777b92ff36080bf6")]
    [InlineData("DescribeGroupStruct", "", "19375eaf5f8dd383090fbbaf0e24a385caf64c29722fbd1136d9a669616179b4",
        "a2348f05123b9f107f0bb99ac10680fab565dd6b90ef4c6bd9b8a45144dd15ec")]
    public void Verify_PublishedVectors_AreAccepted(string action, string query, string hash, string signature)
    {
        var request = SignedRequest.Create(action, query);
        request.Headers["x-acs-content-sha256"] = EmptyHash;
        request.Authorize(SignedHeaders, signature);

        Acs3Signature.StringToSign(Acs3Signature.CanonicalRequest(request.Read(), SignedHeaders, EmptyHash))
            .ShouldBe($"ACS3-HMAC-SHA256\n{hash}");
        request.Verdict().ShouldBe("ok");
        var call = request.Call();
        call.Operation.ToString().ShouldBe(action);
        call.Signature.AccessKeyId.ShouldBe("testid");
        call.Signature.Nonce.ShouldBe("3ee8c1b883d344afa94f4e0ad82fd6cf");
    }

    [Fact]
    public void Verify_VectorWithFormBody_IsAccepted()
    {
        var request = SignedRequest.Create("DescribeDingTalk", string.Empty);
        request.Body = "CurrentPage=1&PageSize=20";
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded";
        request.Headers["x-acs-content-sha256"] = "d4642f5ba3fa484a12e6561bff837b7d6d54776853c681cf3c70745267929a24";
        request.Authorize("content-type;" + SignedHeaders, "140f29089f305316c5e4978f73c34cc2a1d08095b9c7c20ab1195ce88d872075");

        request.Verdict().ShouldBe("ok");
        request.Call().Parameters.Find("PageSize").ShouldBe("20");
    }

    [Fact]
    public void CanonicalRequest_OfVectorA_IsAsPublished()
    {
        var request = new SignedRequest();
        request.Headers["x-acs-content-sha256"] = EmptyHash;

        Acs3Signature.CanonicalRequest(request.Read(), SignedHeaders, EmptyHash).ShouldBe(
            "POST\n/\nCurrentPage=1&PageSize=20\nhost:tds.cn-shanghai.aliyuncs.com\nx-acs-action:DescribeDingTalk\n"
            + $"x-acs-content-sha256:{EmptyHash}\nx-acs-date:2025-01-02T03:04:05Z\nx-acs-signature-nonce:3ee8c1b883d344afa94f4e0ad82fd6cf\n"
            + $"x-acs-version:2018-12-03\n\n{SignedHeaders}\n{EmptyHash}");
    }

    [Fact]
    public void Sign_VendorsExample_IsThePublishedSignature()
    {
        var request = SignedRequest.Create("RunInstances",
            "?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai");
        request.Headers["Host"] = "ecs.cn-shanghai.aliyuncs.com";
        request.Headers["x-acs-version"] = "2014-05-26";
        request.Headers["x-acs-date"] = "2023-10-26T10:22:32Z";
        request.Headers["x-acs-signature-nonce"] = "3156853299f313e23d1673dc12e1703d";
        request.Headers["x-acs-content-sha256"] = EmptyHash;

        var stringToSign = Acs3Signature.StringToSign(Acs3Signature.CanonicalRequest(request.Read(), SignedHeaders, EmptyHash));

        stringToSign.ShouldBe("ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
        Convert.ToHexStringLower(Acs3Signature.Sign(stringToSign, "YourAccessKeySecret"))
            .ShouldBe("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    [Theory]
    [InlineData("query", "SignatureDoesNotMatch")]
    [InlineData("query added", "SignatureDoesNotMatch")]
    [InlineData("query removed", "SignatureDoesNotMatch")]
    [InlineData("method", "SignatureDoesNotMatch")]
    [InlineData("body", "SignatureDoesNotMatch")]
    [InlineData("body and hash", "SignatureDoesNotMatch")]
    [InlineData("Host", "SignatureDoesNotMatch")]
    [InlineData("x-acs-action", "SignatureDoesNotMatch")]
    [InlineData("x-acs-date", "SignatureDoesNotMatch")]
    [InlineData("x-acs-signature-nonce", "SignatureDoesNotMatch")]
    [InlineData("x-acs-content-sha256", "SignatureDoesNotMatch")]
    [InlineData("x-acs-custom", "SignatureDoesNotMatch")]
    [InlineData("Content-Type", "SignatureDoesNotMatch")]
    [InlineData("signature", "SignatureDoesNotMatch")]
    [InlineData("signature cut", "SignatureDoesNotMatch")]
    [InlineData("signature not hex", "SignatureDoesNotMatch")]
    [InlineData("order of SignedHeaders", "SignatureDoesNotMatch")]
    [InlineData("x-acs-added", "IncompleteSignature")]
    [InlineData("nothing", "ok")]
    public void Verify_PartChangedAfterSigning_IsRefused(string part, string expected)
    {
        var request = SignedRequest.Create("DescribeDingTalk", "?CurrentPage=1");
        request.Body = "PageSize=20";
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded";
        request.Headers["x-acs-custom"] = "1";
        request.Sign();

        Tamper(request, part);

        request.Verdict().ShouldBe(expected);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("content-type")]
    [InlineData("x-acs-action")]
    [InlineData("x-acs-version")]
    [InlineData("x-acs-content-sha256")]
    [InlineData("x-acs-signature-nonce")]
    [InlineData("x-acs-date")]
    public void Read_HeaderNotSigned_IsIncomplete(string name)
    {
        var request = new SignedRequest { Query = string.Empty, Body = "PageSize=20",
            Headers = { ["Content-Type"] = "application/x-www-form-urlencoded" } }.Sign();
        request.Headers["Authorization"] = request.Headers["Authorization"].ToString()
            .Replace($"{name};", string.Empty, StringComparison.Ordinal)
            .Replace($";{name},", ",", StringComparison.Ordinal);

        request.Verdict().ShouldBe("IncompleteSignature");
    }

    [Theory]
    [InlineData("x-acs-signature-nonce")]
    [InlineData("x-acs-date")]
    [InlineData("x-acs-content-sha256")]
    public void Read_HeaderAbsent_IsIncomplete(string name)
    {
        var request = new SignedRequest().Sign();
        request.Headers.Remove(name);

        request.Verdict().ShouldBe("IncompleteSignature");
    }

    [Theory]
    [InlineData("ACS3-HMAC-SHA256")]
    [InlineData("ACS3-HMAC-SM3 Credential=testid,SignedHeaders=host,Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host")]
    [InlineData("ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=a,Credential=b,SignedHeaders=host,Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host;host,Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=Host,Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host;x-absent,Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=;,Signature=00")]
    public void Read_AuthorizationMalformed_IsIncomplete(string authorization)
    {
        var request = new SignedRequest().Sign();
        request.Headers["Authorization"] = authorization;

        request.Verdict().ShouldBe("IncompleteSignature");
    }

    [Theory]
    [InlineData("2025-01-02T03:19:05Z", "SignatureDoesNotMatch")]
    [InlineData("2025-01-02T02:49:05Z", "SignatureDoesNotMatch")]
    [InlineData("2025-01-02T03:19:06Z", "InvalidTimeStamp.Expired")]
    [InlineData("2025-01-02T02:49:04Z", "InvalidTimeStamp.Expired")]
    [InlineData("2025-01-02T03:04:05.000Z", "InvalidTimeStamp.Format")]
    [InlineData("2025-01-02T03:04:05+00:00", "InvalidTimeStamp.Format")]
    [InlineData("2025-13-02T03:04:05Z", "InvalidTimeStamp.Format")]
    [InlineData("1735787045", "InvalidTimeStamp.Format")]
    public void Verify_Date_MayDifferByFifteenMinutes(string date, string expected)
    {
        var request = new SignedRequest().Sign();
        request.Headers["x-acs-date"] = date;

        request.Verdict().ShouldBe(expected);
    }

    [Fact]
    public void Verify_WrongSecret_ShowsOnlyHashes()
    {
        var request = SignedRequest.Create("CreateOrUpdateDingTalk", QueryB).Sign();

        var error = Should.Throw<CallRefusedException>(() => request.Call().Signature.Verify("other")).Error;

        error.Status.ShouldBe(400);
        error.Code.ShouldBe("SignatureDoesNotMatch");
        error.Message.ShouldStartWith("Specified signature is not matched with our calculation. server string to sign is: ACS3-HMAC-SHA256\n816ed0ca");
        error.Message.ShouldNotContain("abc123");
    }

    private static void Tamper(SignedRequest request, string part)
    {
        var authorization = request.Headers["Authorization"].ToString();
        switch (part)
        {
            case "query":
                request.Query = "?CurrentPage=2";
                break;
            case "query added":
                request.Query += "&Lang=zh";
                break;
            case "query removed":
                request.Query = string.Empty;
                break;
            case "method":
                request.Method = "GET";
                break;
            case "body":
                request.Body = "PageSize=21";
                break;
            case "body and hash":
                var other = new SignedRequest { Body = "PageSize=21" }.Sign();
                request.Body = other.Body;
                request.Headers["x-acs-content-sha256"] = other.Headers["x-acs-content-sha256"];
                break;
            case "x-acs-action":
                request.Headers[part] = "DescribeAllGroups";
                break;
            case "x-acs-date":
                request.Headers[part] = "2025-01-02T03:04:06Z";
                break;
            case "Content-Type":
                request.Headers[part] = "application/x-www-form-urlencoded; charset=utf-8";
                break;
            case "signature":
                request.Headers["Authorization"] = authorization[..^1] + (authorization[^1] == '0' ? '1' : '0');
                break;
            case "signature cut":
                request.Headers["Authorization"] = authorization[..^2];
                break;
            case "signature not hex":
                request.Headers["Authorization"] = authorization[..^1] + 'g';
                break;
            case "order of SignedHeaders":
                request.Headers["Authorization"] = authorization.Replace("content-type;host", "host;content-type",
                    StringComparison.Ordinal);
                break;
            case "nothing":
                break;
            default:
                request.Headers[part] = part == "Host" ? "other.example" : "2";
                break;
        }
    }
}
