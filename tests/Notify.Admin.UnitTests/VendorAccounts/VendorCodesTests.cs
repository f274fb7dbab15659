using System.Globalization;
using System.Resources;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests.VendorAccounts;

public class VendorCodesTests
{
    [Theory]
    [InlineData("NoPermission", "NoPermission")]
    [InlineData("MissingSendUrl", "Missing")]
    [InlineData("InvalidParameter.Format", "InvalidParameter")]
    [InlineData("InvalidIds", "Invalid")]
    [InlineData("InvalidTimeStamp.Expired", "InvalidTimeStamp")]
    [InlineData("InvalidAccessKeyId.Inactive", "InvalidAccessKeyId.Inactive")]
    [InlineData("InvalidAccessKeyId", "Invalid")]
    [InlineData("Throttling.Api", "Throttling")]
    [InlineData("Forbidden.RAM", "Forbidden")]
    [InlineData("Kayran.10", "Kayran.10")]
    [InlineData("Kayran.13", "Kayran.Other")]
    [InlineData("okay", "Other")]
    [InlineData("SomethingNew", "Other")]
    public void FamilyOf_Code_IsItsLongestKnownBeginning(string code, string family) => VendorCodes.FamilyOf(code).ShouldBe(family);

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void Known_EachCode_HasItsMeaningAndItsMend(string culture)
    {
        var texts = new ResourceManager(typeof(VendorAccountText));

        VendorCodes.Known.Append("Other").SelectMany(code => new[] { $"Code.{code}", $"Code.{code}.Mend" })
            .Where(key => texts.GetString(key, CultureInfo.GetCultureInfo(culture)) is not { Length: > 0 }).ShouldBeEmpty();
    }
}
