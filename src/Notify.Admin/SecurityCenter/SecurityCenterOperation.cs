using Notify.Admin.Security;

namespace Notify.Admin.SecurityCenter;

/// <summary>The operations of version 2018-12-03 that are served, by the vendor's names.</summary>
internal enum SecurityCenterOperation
{
    CreateOrUpdateDingTalk = 1,
    DescribeDingTalk,
    DeleteDingTalk,
    ModifyDingTalkStatus,
    DingTalkOnlineTest,
    DescribeDataSource,
    DescribeGroupStruct,
    DescribeAllGroups,
}

internal static class SecurityCenterOperations
{
    public const string Version = "2018-12-03";

    /// <summary>The policy a caller needs: everybody may describe, Operators also test.</summary>
    public static string PolicyOf(SecurityCenterOperation operation) => operation switch
    {
        SecurityCenterOperation.DescribeDingTalk or SecurityCenterOperation.DescribeDataSource
            or SecurityCenterOperation.DescribeGroupStruct or SecurityCenterOperation.DescribeAllGroups => Policies.View,
        SecurityCenterOperation.DingTalkOnlineTest => Policies.Operate,
        SecurityCenterOperation.CreateOrUpdateDingTalk or SecurityCenterOperation.DeleteDingTalk
            or SecurityCenterOperation.ModifyDingTalkStatus => Policies.Edit,
    };

    /// <summary>Names are case-sensitive, and a number is no name.</summary>
    public static SecurityCenterOperation? Find(string action) =>
        Enum.GetValues<SecurityCenterOperation>().Cast<SecurityCenterOperation?>()
            .FirstOrDefault(operation => operation.ToString() == action);
}
