# Installs the SDK, builds the sample module against it as a project of its own, and loads the result.
file(REMOVE_RECURSE ${WORK})
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
endfunction()
run(${CMAKE_COMMAND} --install ${BUILD} --component sdk --prefix ${WORK}/sdk)
run(${CMAKE_COMMAND} -S ${SOURCE}/host-sdk/sample_module -B ${WORK}/sample -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/sdk
    -DCMAKE_BUILD_TYPE=Release -DCRM_SANITIZER=${SANITIZER} "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK}/sample)
run(${CMAKE_COMMAND} -E env CONTRACT_SAMPLE=${WORK}/sample/sample_modules/sample
    ${PROGRAM} --gtest_filter=Life.SampleUsesOneOfEach:Life.AHundredRoundsLeaveNothingBehind)
